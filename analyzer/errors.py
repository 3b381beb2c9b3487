"""Every message a user can meet, with a stable code and what to do.

A code never changes its meaning and is never reused.  ``message`` says what was found, ``hint`` what
to do; both are Chinese because users read them.  The code is what scripts read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TEXTS: dict[str, tuple[str, str]] = {
    "not-found": ("找不到这个文件或文件夹", "请核对路径，注意文件名中的空格和全角字符。"),
    "empty-folder": ("文件夹里没有可以分析的文件", "支持 .docx、.doc、.wps、.pdf、.txt、.md。"),
    "not-readable": ("文件无法打开：{detail}", "请检查是否有读取权限，是否正被其他程序占用。"),
    "changed": ("文件在分析之后改动过", "请重新分析这个文件。"),
    "empty": ("文件是空的，没有任何文字", "请确认交来的是否为正文文件。"),
    "too-large": (
        "文件过大（{found}，上限 {limit}）",
        "述职报告通常不超过几兆字节；请检查是否误交，或删去图片后另存。",
    ),
    "unknown-format": ("不认识的文件格式：{detail}", "请另存为 .docx、.pdf 或 .txt 后再试。"),
    "wrong-name": (
        "扩展名是 {suffix}，内容却是 {found}",
        "请把扩展名改成与内容一致，或用原来的程序另存一次。",
    ),
    "encoding": ("无法确定文字编码：{detail}", "请用记事本或 WPS 打开，另存为 UTF-8 编码的文本。"),
    "binary": ("这不是文本文件：含有无法显示的控制字符", "请确认文件类型，或另存为 .docx、.txt。"),
    "damaged": (
        "文件已损坏，读不出来：{detail}",
        "请用 Word 或 WPS 打开并另存一次；打不开就请原单位重新报送。",
    ),
    "encrypted": ("文件设有密码，无法读取", "请解除密码保护后另存，再重新提交。"),
    "hostile": (
        "文件内部结构异常，为安全起见不予打开：{detail}",
        "请用 Word 或 WPS 打开后另存为新文件再提交。",
    ),
    "no-text-layer": (
        "PDF 里没有文字，可能是扫描件（共 {pages} 页）",
        "请提交可以复制文字的 PDF，或先做文字识别（OCR）再提交。",
    ),
    "missing-converter": ("这台机器上没有读取 {suffix} 所需的组件：{detail}", "{todo}"),
    "timeout": ("读取超过 {seconds} 秒仍未完成，已停止", "请用 Word 或 WPS 打开并另存一次后再试。"),
    "config": ("配置文件有误：{detail}", "请对照 docs/settings.md 修改。"),
    "beside": ("报告旁的设置有误：{detail}", "请对照 docs/settings.md 修改，或先移开这个文件。"),
    "user-rule": ("自定规则有误：{detail}", "请对照 docs/settings.md 修改。"),
    "archive": ("压缩包不能用：{detail}", "请解开后重新压缩成 .zip 再报送，不设密码、不分卷。"),
    "unpacked": (
        "压缩包展开后超过 {limit}",
        "请分成几批交；网页上的这个上限由管理员在 shuping serve --unpacked 里定。",
    ),
    "manifest": ("报送清单有误：{detail}", "清单是 CSV 或 XLSX，列名和写法见 docs/batch.md 的“报送材料”。"),
    "manifest-file": (
        "报送清单第 {row} 行写的文件没有交来",
        "请核对清单里的路径（从交来的文件夹或压缩包写起），或请该单位补交。",
    ),
    "pattern": (
        "--pattern 写得不对：{detail}",
        "写法见 docs/batch.md 的“报送材料”，如 {{region}}/{{unit}}-{{year}}。",
    ),
    "baseline": ("基线文件不能用：{detail}", "请用 --write-baseline 重新写一份。"),
    "models": ("模型文件缺失或版本不符：{detail}", "请重新安装 shuping，或运行 shuping train 重建模型。"),
    "backend": ("没有 {name} 这个分词后端", "可用的有：{known}。"),
    "missing-extra": (
        "没有安装 HanLP 后端所需的组件：{detail}",
        "请先装 CPU 版 torch，再运行 pip install 'shuping[hanlp]'；或改用默认的 jieba，不需要它们。",
    ),
    "missing-lsp": ("没有安装语言服务器所需的组件：{detail}", "请运行 pip install 'shuping[lsp]'。"),
    "hanlp-model": (
        "HanLP 模型不能用：{detail}",
        "请核对 --hanlp-model：可以是 HanLP 的模型名，也可以是存有模型的文件夹；不写则用随软件安装的模型。",
    ),
    "hanlp-unreachable": (
        "HanLP 模型 {name} 不在本机，也下载不到：{detail}",
        "请在能联网的机器上下载 {address}，解压到 {folder}；或不写 --hanlp-model，用随软件安装的模型。",
    ),
    "result-file": (
        "这个 JSON 文件不是一份报告的评分结果：{detail}",
        "请用 shuping score 报告 --format json --output 结果.json 重新生成，或直接给出报告原文。",
    ),
    "output": ("无法写出结果：{detail}", "请检查输出位置是否存在、可写、磁盘有余量。"),
    "gold": ("标注数据有误：{detail}", "请用 shuping evaluate 的说明核对目录与标注格式。"),
    "scores": (
        "专家评分表有误：{detail}",
        "评分表是 CSV：一列“文件”（相对于表的路径），一列“得分”（0–100），可另有“单位类型”“单位”两列。",
    ),
    "not-scored": (
        "这份材料程序没有评分，不能用来校准",
        "用 shuping score 看看不评分的原因；对照检查、个人述职可用 --profile 指明。",
    ),
    "few-scores": (
        "可用的专家评分只有 {found} 份，至少要 {least} 份",
        "请补充评分；不足时请沿用默认的分值。",
    ),
    "crashed": (
        "处理这份文件时工作进程意外终止，单独重试也是如此",
        "请用 Word 或 WPS 打开并另存一次后再试；仍不行就请原单位重新报送。",
    ),
    "time-limit": (
        "超过 {seconds} 秒仍未分析完，已停止",
        "请检查文件是否过长或已损坏，另存一次后再试；确需更长时间，用 shuping batch 的 --time-limit 放宽。",
    ),
    "memory-limit": (
        "占用内存超过 {megabytes} MB，已停止",
        "请检查文件是否过大或已损坏，另存一次后再试；确需更多内存，用 shuping batch 的 --memory-limit 放宽。",
    ),
    "no-memory": ("内存不够，没有做完", "请关闭别的程序后再试；材料过大的，请拆开或分批。"),
    "workers": ("工作进程启动不了", "请检查内存和磁盘是否有余量，用 --workers 1 再试一次。"),
    "dask": ("没有安装 dask", "请运行 pip install 'shuping[dask]'，或改用默认的 --engine local。"),
    "cluster": (
        "集群不能用：{detail}",
        "请检查 --scheduler 的地址，以及各工作机是否装有同一版本的 shuping。",
    ),
    "batch-output": ("不能写到这个文件夹：{detail}", "{todo}"),
    "store": (
        "结果库出了问题：{detail}",
        "请核对 --store：一个文件，或 postgresql://用户@主机/库名；详见 docs/store.md。",
    ),
    "store-newer": (
        "结果库是更新的版本写的（{found}），这一版只认得到 {known}",
        "请升级 shuping 后再用；没有写入任何东西。",
    ),
    "missing-postgresql": (
        "没有安装连接 PostgreSQL 所需的组件",
        "请运行 pip install 'shuping[postgresql]'；或改用一个文件作结果库。",
    ),
    "review": (
        "没有记下：{detail}",
        "报告的编号见 shuping review queue，意见的编号见 show，序号见 history。",
    ),
    "overtaken": (
        "没有记下：这一页打开以后，{who}又记了意见",
        "请先看过新的意见；仍要这样定，再提交一次。",
    ),
    "trends": (
        "做不出趋势分析：{detail}",
        "shuping store info --store 结果库 可看里面有什么；年度写在清单里，见 docs/batch.md。",
    ),
    "not-in-store": ("结果库里没有这一份", "请从队列或列表里打开；刚存进来的，请刷新列表再看。"),
    "request": ("请求不合要求：{detail}", "写法见 /api/v1/openapi.json。"),
    "no-such-address": ("没有这个地址", "网页在 /，接口的说明在 /api/v1/openapi.json。"),
    "method": ("这个地址不接受 {method}", "写法见 /api/v1/openapi.json。"),
    "foreign-request": (
        "请求不予受理：{detail}",
        "请用浏览器直接打开 shuping serve 显示的地址。",
    ),
    "sign-in": ("请先登录", "{how}"),
    "forbidden": ("这一页不在您的权限之内", "请换一个有权限的用户登录，或请管理员调整角色。"),
    "stale-form": ("这一页打开得太久，没有提交", "请刷新这一页，再填一次。"),
    "no-such-batch": ("没有这一批，或没有这个文件", "做完的一批保留 24 小时；编号见 GET /api/v1/batches。"),
    "too-many-batches": ("名下已有 {most} 批", "请先取走结果，用 DELETE 删去不要的，再交。"),
    "batch-job": ("整批没有做成：{detail}", "请核对交来的文件后再交一次。"),
    "busy": ("眼下等着分析的太多", "请过几秒再试。"),
    "busy-with-yours": (
        "您交来的还有 {most} 份没有评完",
        "请等其中一些评完再交；很多份请作一批交，见 docs/web.md。",
    ),
    "queue-full": ("眼下排队的各批加起来太大（上限 {limit}）", "请等前面的评完再交，或分成小一些的几批。"),
    "wrong-password": ("名字或口令不对", "请再试一次；忘了口令请找管理员换一个。"),
    "too-many-guesses": ("口令错得太多，暂时不再核对", "请过 {minutes} 分钟再试；忘了口令请找管理员换一个。"),
    "access-trail": (
        "登录留痕打不开：{detail}",
        "它在用户文件旁边，文件名以 .trail.db 结尾；请核对那个文件夹已经建好，并且可写。",
    ),
    "not-recorded": (
        "登录没有能记进留痕，所以没有登录",
        "请告诉管理员：用户文件旁边的 .trail.db 写不进去，多半是磁盘满了，或文件夹不可写。",
    ),
    "users": ("用户文件不能用：{detail}", "{todo}"),
    "user": ("用户没有改动：{detail}", "写法见 shuping users --help。"),
    "not-loopback": (
        "{host} 不是本机地址；没有用户，网页只在本机打开",
        "只自己用，请不写 --host；开给别人用，先用 shuping users add 建好用户，再加 --users。",
    ),
    "no-users": ("用户文件里还没有人", "请先用 shuping users add 名字 --role administrator 加上管理员。"),
    "no-certificate": (
        "要开给别的电脑用，却没有证书：口令和报告会明文在网上传",
        "请用 --certificate 和 --key 给出证书，或放在反向代理后面；"
        "确知这段网络只有自己人，才加 --insecure。详见 docs/web.md。",
    ),
    "certificate": (
        "证书不能用：{detail}",
        "请核对 --certificate 和 --key：两个 PEM 文件，成对，私钥不设密码。",
    ),
    "port": ("端口 {port} 用不了：{detail}", "请用 --port 换一个，如 --port {other}；--port 0 由系统挑选。"),
    "internal": ("程序内部错误（{detail}）", "这是程序的缺陷，其余文件不受影响；请把错误代码反馈给维护者。"),
}


@dataclass(eq=False)
class ShupingError(Exception):
    """A failure that a user can act on.

    Parameters
    ----------
    code : str
        A key of the catalogue.
    path : Path or None
        The file concerned, if any.
    values : dict of str to str
        What fills the catalogue's text.
    """

    code: str
    path: Path | None
    values: dict[str, str]

    @property
    def message(self) -> str:
        """What was found, without the file's name."""
        return _TEXTS[self.code][0].format(**self.values)

    @property
    def hint(self) -> str:
        """What the user can do about it."""
        return _TEXTS[self.code][1].format(**self.values)

    def at(self, path: Path) -> ShupingError:
        """Return the same failure, said of this file."""
        return ShupingError(self.code, path, self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return ShupingError, (self.code, self.path, self.values)

    def __str__(self) -> str:
        name = f"{self.path}：" if self.path is not None else ""
        return printable(f"{name}{self.message}。{self.hint}［{self.code}］")


def error(code: str, path: Path | None = None, **values: object) -> ShupingError:
    """Make the error of the given code; raises KeyError for a code or a value that is missing."""
    made = ShupingError(code, path, {name: str(value) for name, value in values.items()})
    made.message, made.hint  # noqa: B018 - a missing value must fail here, not while it is printed
    return made


def printable(text: str) -> str:
    """Return the text on one line, without characters that move a cursor or turn the writing."""
    return "".join(char if char.isprintable() else " " for char in text)

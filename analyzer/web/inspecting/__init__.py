"""The pages of inspectors over a store: the queue, reports with decisions on them, copies, years, the trail."""

from analyzer.web.inspecting.mounting import mount

__all__ = ["mount"]

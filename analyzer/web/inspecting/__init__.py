"""The pages of inspectors over a store: queue, reports and decisions on them, copies, years, trail."""

from analyzer.web.inspecting.mounting import mount

__all__ = ["mount"]

"""Every step is told with its time, and the one at which the story stops."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from story.narrator import Narrator, Part
from story.stopped import StoryStopped, check


def _narrator() -> tuple[Narrator, io.StringIO]:
    said = io.StringIO()
    return Narrator(Console(file=said, soft_wrap=True), chapter=1), said


def test_a_step_is_told_in_both_languages_with_what_was_seen() -> None:
    narrator, said = _narrator()
    narrator.open(2)
    with narrator.step("田大妈", "田大妈留言。", "Aunt Tian comments.") as step:
        step.saw("“[门牌]水压太小”")
    narrator.close("played")
    told = said.getvalue()
    for words in ("第2天", "✓ 田大妈留言。", "Aunt Tian comments.", "“[门牌]水压太小”", "全部1步"):
        assert words in told


def test_the_story_stops_and_says_which_step_and_what_was_seen(tmp_path: Path) -> None:
    narrator, said = _narrator()
    with pytest.raises(StoryStopped) as stopped, narrator.step("社工", "立项。", "Opens."):
        check(False, "outcome OpenIssueSuccess", {"__typename": "ReplyPending"})
    narrator.close("stopped", stopped.value)
    assert "✗ 立项。" in said.getvalue()
    assert "ReplyPending" in said.getvalue()

    narrator.write(tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["outcome"] == "stopped"
    assert report["steps"][0]["number"] == 1
    assert "ReplyPending" in report["steps"][0]["stopped"]


def test_each_request_of_a_step_begins_a_trace_that_names_it_and_between_steps_none_does() -> None:
    narrator, _ = _narrator()
    with narrator.step("社工", "立项。", "Opens.") as first:
        within = [narrator.traceparent(), narrator.traceparent()]
        with narrator.step("系统", "等待。", "Waits.") as second:
            inner = narrator.traceparent()
        after = narrator.traceparent()

    assert narrator.traceparent() is None
    assert first.trace_prefix != second.trace_prefix
    spans, traces = set(), set()
    for traceparent, step in [(t, first) for t in (*within, after)] + [(inner, second)]:
        version, trace_id, span_id, flags = str(traceparent).split("-")
        assert (version, flags) == ("00", "01")
        assert trace_id.startswith(step.trace_prefix)
        assert len(bytes.fromhex(trace_id)) == 16
        traces.add(trace_id)
        assert len(bytes.fromhex(span_id)) == 8
        spans.add(span_id)
    assert (len(spans), len(traces)) == (4, 4)


def test_each_step_knows_its_part() -> None:
    narrator, said = _narrator()

    def work() -> int | None:
        with narrator.step("社工", "做事。", "Works.") as step:
            return step.part

    of_parts = [work()]
    narrator.open_prologue()
    of_parts.append(work())
    narrator.open(1)
    of_parts.append(work())
    narrator.open_part(Part(zh="第二章 券[1]", en="Chapter 2"))
    of_parts.append(work())

    assert of_parts == [None, 0, 1, 2]
    assert [part.in_detail for part in narrator.report.parts] == [False, True, True]
    assert "第二章 券[1]" in said.getvalue()

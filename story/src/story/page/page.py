"""The one page: self-contained, readable on a phone and on paper, without any request outside."""

from datetime import datetime
from pathlib import Path

from story.narrator import Report
from story.page.cards import card, step_line
from story.page.markup import Child, Markup, element, joined, verbatim
from story.page.timeline import Recording, Timeline, timeline_of
from story.page.told import Told
from story.page.words import EVENTS, LANES, clock_in_china, in_china, in_utc, named

_HERE = Path(__file__).parent
_OUTCOMES = {"played": "全部如预期", "stopped": "中途停下", "playing": "没有演完"}
_HOW_TO_READ = (
    "从上到下是时间，从左到右是六条泳道：人做的事、四个服务各自记下的事件、居民手机上看到的内容。",
    "服务之间从不互相调用。一个服务改了自己的数据，就在同一次写入里留下一个事件；别的服务听到后做自己的事，"
    "再留下自己的事件。带箭头的线就是这样从起因连到结果；"
    "虚线只说明是同一个对象的前一个事件。",
    "每个请求都带着自己的 trace，由它引起的事件一路带着同一个 trace，开头几位就是那一步；"
    "起因和结果就是凭它，再凭事件里写明的编号认出来的。",
    "事件卡片上列着听到它的服务和接手的程序：✓ 表示这个服务已经处理到它之后，… 表示当时还没有。",
    "事件里没有姓名、电话和门牌，人只以代号出现。故事里的人物都是虚构的。",
)


def write_page(path: Path, recording: Recording) -> None:
    """Write the page, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_text(page_of(recording), encoding="utf-8")
    new.replace(path)


def page_of(recording: Recording) -> str:
    """Return the page. The same recording gives the same page."""
    timeline = timeline_of(recording)
    title = f"{recording.community_name}的一天"
    head = element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("title", None, title),
        verbatim("style", (_HERE / "style.css").read_text(encoding="utf-8")),
    )
    body = element(
        "body",
        None,
        _opening(title, recording, timeline),
        element("main", None, _timeline(recording.report, timeline), _the_rest(timeline)),
        verbatim("script", (_HERE / "arrows.js").read_text(encoding="utf-8")),
    )
    return "<!doctype html>\n" + element("html", {"lang": "zh-CN"}, head, body) + "\n"


def _opening(title: str, recording: Recording, timeline: Timeline) -> Markup:
    report = recording.report
    return element(
        "header",
        {"class": "opening"},
        element("h1", None, title),
        element("p", {"class": "subtitle"}, "一句抱怨怎样变成一件办成的事：四个服务的一条事件链"),
        element(
            "dl",
            {"class": "summary"},
            *(
                element("div", None, element("dt", None, name), element("dd", None, value))
                for name, value in _summary(recording, timeline)
            ),
        ),
        element(
            "details",
            {"class": "how", "open": ""},
            element("summary", None, "怎样读这一页"),
            *(element("p", None, line) for line in _HOW_TO_READ),
            _legend(timeline),
        ),
        _contents(report),
    )


def _summary(recording: Recording, timeline: Timeline) -> list[tuple[str, str]]:
    report, events = recording.report, recording.recorded.events
    shown = sum(isinstance(row.what, Told) for row in timeline.rows)
    received = sum(item.received for item in recording.phones)
    return [
        ("结果", _OUTCOMES.get(report.outcome, report.outcome)),
        ("开始（中国时间）", in_china(report.started_at)),
        ("开始（UTC）", in_utc(report.started_at)),
        ("用时", f"{report.elapsed_ms / 1000:.1f} 秒"),
        ("步骤", str(len(report.steps))),
        ("事件", f"{len(events)}，其中逐个列出 {shown}"),
        ("手机收到", str(received)),
    ]


def _legend(timeline: Timeline) -> Markup:
    count = {lane: sum(row.lane == lane for row in timeline.rows) for lane in LANES}
    return element(
        "ul",
        {"class": "legend"},
        *(
            element("li", {"class": lane}, name, " ", element("b", None, str(count[lane])))
            for lane, name in LANES.items()
        ),
    )


def _contents(report: Report) -> Markup:
    begins = [
        (number, part.zh)
        for number, part in enumerate(report.parts)
        if part.in_detail and any(step.part == number for step in report.steps)
    ]
    links: list[Child] = [
        *(element("a", {"href": f"#part-{number}"}, name) for number, name in begins),
        element("a", {"href": "#before"}, "开场和序章的步骤"),
        element("a", {"href": "#counted"}, "只计数的事件"),
    ]
    return element("nav", {"aria-label": "目录"}, joined(*links, between=" · "))


def _timeline(report: Report, timeline: Timeline) -> Markup:
    heads = (element("div", {"class": f"head {lane}"}, name) for lane, name in LANES.items())
    lines: list[Child] = []
    begins = _beginnings(report)
    for row in timeline.rows:
        while begins and begins[0][0] <= row.at:
            _, number, name = begins.pop(0)
            lines.append(element("h2", {"class": "part", "id": f"part-{number}"}, name))
        lines.append(card(row, timeline))
    return element(
        "section",
        {"class": "timeline", "aria-label": "时间线"},
        element("div", {"class": "heads", "aria-hidden": "true"}, *heads),
        *lines,
    )


def _beginnings(report: Report) -> list[tuple[datetime, int, str]]:
    """When each part that is told in detail begins, its place and its name."""
    found = []
    for number, part in enumerate(report.parts):
        steps = [step for step in report.steps if step.part == number]
        if part.in_detail and steps:
            found.append((steps[0].started_at, number, part.zh))
    return found


def _the_rest(timeline: Timeline) -> Markup:
    return joined(
        element(
            "section",
            {"id": "before"},
            element("h2", None, "开场和序章的步骤"),
            element(
                "details",
                None,
                element("summary", None, f"共 {len(timeline.before)} 步"),
                element("ol", None, *(step_line(step) for step in timeline.before)),
            ),
        ),
        element(
            "section",
            {"id": "counted"},
            element("h2", None, "只计数的事件"),
            element("p", None, "台账导入等一次写下成千上万个事件，这里按类型计数。"),
            _groups(timeline),
        ),
    )


def _groups(timeline: Timeline) -> Markup:
    names = ("服务", "事件", "类型", "个数", "最早", "最晚")
    heads = element("tr", None, *(element("th", {"scope": "col"}, name) for name in names))
    rows = (
        element(
            "tr",
            None,
            element("td", None, group.service),
            element("td", None, named(EVENTS, group.type)),
            element("td", None, element("code", None, group.type)),
            element("td", {"class": "number"}, f"{group.count:,}"),
            element("td", None, clock_in_china(group.first)),
            element("td", None, clock_in_china(group.last)),
        )
        for group in timeline.groups
    )
    table = element("table", None, element("thead", None, heads), element("tbody", None, *rows))
    return element("div", {"class": "wide"}, table)

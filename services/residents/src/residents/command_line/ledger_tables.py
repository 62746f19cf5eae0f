"""What a ledger says, as tables for a person."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from residents.domain.imports.batch import ImportBatch
from residents.domain.imports.rows import Difference
from residents.domain.ledger.entries import InferredColumn, RefusedRow, SkippedSheet
from residents.domain.ledger.header_words import Field
from residents.domain.ledger.summary import LedgerSummary

_CM2_PER_M2 = 10_000
_DIFFERENCES = {
    Difference.NEW: "新增",
    Difference.MOVED: "换户",
    Difference.CHANGED: "信息变更",
    Difference.MISSING: "台账中没有（不作迁出）",
    Difference.UNCHANGED: "没有变化",
}
_FIELDS = {
    Field.DOOR: "门牌号",
    Field.NAME: "姓名",
    Field.IDENTITY_NUMBER: "身份证号",
    Field.PHONE: "电话",
    Field.BIRTH_DATE: "出生日期",
    Field.AREA: "建筑面积",
}
"""What a column can be taken for by what it holds."""


def show_summary(
    console: Console, summary: LedgerSummary, skipped_sheets: Sequence[SkippedSheet]
) -> None:
    """Estates, totals, and what was not taken over."""
    console.print(_estates(summary))
    console.print(
        f"截至 {summary.as_of:%Y-%m-%d}：{len(summary.estates)} 个小区"
        f"（老旧 {sum(estate.old for estate in summary.estates)} 个）、{summary.buildings} 栋楼、"
        f"{summary.households:,} 户（空置 {summary.vacant_households:,} 户）、"
        f"{summary.residents:,} 人（60 岁及以上 {summary.elderly_60:,} 人）",
        highlight=False,
    )
    for skipped in skipped_sheets:
        console.print(f"跳过工作表「{skipped.sheet}」：{skipped.reason}", highlight=False)
    if summary.bad_rows:
        console.print(_refused(summary.bad_rows))


def show_inferred(console: Console, columns: Sequence[InferredColumn]) -> None:
    """Which columns were taken for what they hold, a line each."""
    for column in columns:
        console.print(
            f"工作表「{column.sheet}」的「{column.header}」列按内容识别为{_FIELDS[column.field]}，请核对。",
            highlight=False,
        )


def show_changes(console: Console, batch: ImportBatch) -> None:
    """How the file stood to the archive when it was checked."""
    differences = batch.outcome.differences if batch.outcome else {}
    told = "、".join(f"{_DIFFERENCES[each]} {count:,}" for each, count in differences.items())
    console.print(f"与档案相比：{told}（批次 {batch.id}）", highlight=False)


def _estates(summary: LedgerSummary) -> Table:
    table = Table(title="小区")
    table.add_column("小区")
    table.add_column("老旧")
    for heading in ("楼栋", "户数", "居民", "面积（㎡）"):
        table.add_column(heading, justify="right")
    for estate in summary.estates:
        table.add_row(
            estate.name,
            "是" if estate.old else "",
            f"{estate.buildings:,}",
            f"{estate.households:,}",
            f"{estate.residents:,}",
            f"{estate.area_cm2 / _CM2_PER_M2:,.2f}",
        )
    return table


def _refused(rows: Sequence[RefusedRow]) -> Table:
    table = Table(title=f"未采用的行（{len(rows):,}）")
    for heading in ("工作表", "行号", "代码", "原因"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(row.sheet, str(row.row), row.code, row.reason)
    return table

"""Ledgers of other committees, with other headers, orders and styles, are read as right."""

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.domain.ledger.reading import read

from .planted_ledger import Keeping, PlantedLedger, shuffled
from .planted_people import FAULTS, Population, truth_of

LATER = date(2026, 12, 31)


def shown(workbook: bytes) -> dict[str, Any]:
    """The summary as it is shown, without the sentences, which are the project's own."""
    summary = read(open_workbook(workbook), today=LATER).summary()
    said: dict[str, Any] = json.loads(msgspec.json.encode(summary))
    for row in said["bad_rows"]:
        assert row.pop("reason").endswith("。")
    return said


@pytest.mark.parametrize("seed", range(4))
def test_doors_in_columns_of_their_own_under_two_rows_of_headers(seed: int) -> None:
    """No instructions; the sheets start in C3; new estates say nothing of their kind."""
    as_of = date(2026, 9, 30)
    people = Population(seed, as_of)
    estates = [
        people.estate("金桂苑", is_old=True, buildings=["1", "2", "甲3"], units=2),
        people.estate("滨河家园", is_old=False, buildings=["1", "2", "3", "4"], units=3),
        people.estate("机床厂家属院", is_old=True, buildings=["7", "12"], units=2),
    ]
    keeping = Keeping(
        headers=[
            ("remark", "备注"),
            ("phone", ("联系信息", "联系\n电话")),
            ("identity number", ("证件", "公民身份号码")),
            ("name", ("居民", "姓 名")),
            ("gender", ("", "性别(男/女)")),
            ("birth date", ("", "出生\n年月")),
            ("relation", ("", "与户主的关系")),
            ("room", ("房屋信息", "房号")),
            ("unit", ("", "单元号")),
            ("building", ("", "楼号")),
            ("area", ("", "建筑面积（㎡）")),
            ("tags", "特殊人群"),
        ],
        lines=lambda estate: [
            f"幸福街道团结社区{estate.name}常住人口信息登记表（2026年）",
            f"{'小区类型：老旧小区   ' if estate.is_old else ''}统计日期：2026.9.30   制表：某某",
        ],
        sheet=lambda estate: f"{1 + estates.index(estate)}.{estate.name}",
        seed=seed,
        goes_on=("merged", "blank", "again"),
        hidden=("identity number",),
        vacant=("空房", "无人居住", "空 置", "（空置）"),
        first_row=2,
        first_column=2,
    )
    ledger = PlantedLedger(keeping)
    workbook = ledger.write(estates)

    assert {code for _, _, code in ledger.bad_rows} == set(FAULTS)
    assert shown(workbook) == truth_of(estates, ledger.bad_rows, as_of)


@pytest.mark.parametrize("seed", range(4))
def test_several_estates_in_one_sheet_with_a_column_of_estates(seed: int) -> None:
    """The header comes again and again; vacant homes are said in a column of states."""
    as_of = date(2025, 6, 1)
    people = Population(seed + 100, as_of)
    estates = [
        people.estate("东方红里", is_old=True, buildings=["1", "3", "5"], units=2),
        people.estate("云锦台", is_old=False, buildings=["A", "B"], units=1),
        people.estate("北巷12号院", is_old=True, buildings=["1"], units=4),
        people.estate("阳光100", is_old=False, buildings=["1", "2"], units=2),
    ]
    columns = [
        ("serial", "编号"),
        ("estate", "所属小区"),
        ("kind", "小区性质"),
        ("door", "楼栋单元房号"),
        ("area", "房屋产权面积/平米"),
        ("state", "居住情况"),
        ("name", "家庭成员姓名"),
        ("gender", "性别*"),
        ("birth date", "出生时间"),
        ("identity number", "居民身份证号码"),
        ("phone", "手机号"),
        ("relation", "家庭关系"),
        ("tags", "人群类别"),
        ("remark", "说明"),
    ]
    keeping = Keeping(
        headers=list(shuffled(columns, seed)),
        lines=lambda _: ["团结社区居民花名册", "填表人：某某  截止日期 二〇二五年六月一日"],
        sheet=lambda _: "Sheet1",
        seed=seed,
        vacant=("空置", "闲置", "空关房"),
        subtotal="本页小计：",
        total="总 计",
        header_again_after=17,
        before={"封面": ["居民台账", "更新日期：2024年1月1日"]},
    )
    ledger = PlantedLedger(keeping)
    workbook = ledger.write(estates)

    assert {code for _, _, code in ledger.bad_rows} == set(FAULTS)
    assert shown(workbook) == truth_of(estates, ledger.bad_rows, as_of)


@pytest.mark.parametrize("seed", range(6))
def test_a_ledger_like_the_given_one_by_another_hand(seed: int) -> None:
    as_of = date(2026, 11, 1)
    people = Population(seed + 200, as_of)
    estates = [
        people.estate("春晖里", is_old=True, buildings=["1", "2", "3"], units=3),
        people.estate("和苑", is_old=False, buildings=["1", "2"], units=2),
    ]
    columns = [
        ("door", "门牌号码"),
        ("area", "住房面积"),
        ("name", "住户姓名"),
        ("relation", "与房主关系"),
        ("gender", "性 别"),
        ("birth date", "出生年月日（公历）"),
        ("identity number", "身份证号码"),
        ("phone", "联系方式"),
        ("tags", "人员类型"),
        ("remark", "备 注"),
    ]
    keeping = Keeping(
        headers=[("serial", "序号"), *shuffled(columns, seed)],
        lines=lambda estate: [
            f"{estate.name}居民台账",
            f"小区类型：{'老旧小区' if estate.is_old else '新建小区'}    填表人：某某",
        ],
        sheet=lambda estate: estate.name,
        seed=seed,
        goes_on=("merged", "again"),
        door_styles=("dashes", "hash", "words", "words and room", "full width", "spaces"),
        hidden=("remark",),
        before={
            "填表说明": ["居民台账（内部资料，注意保密）", "截至2026年11月1日", "姓名栏填空置"]
        },
    )
    ledger = PlantedLedger(keeping)
    workbook = ledger.write(estates)

    assert shown(workbook) == truth_of(estates, ledger.bad_rows, as_of)

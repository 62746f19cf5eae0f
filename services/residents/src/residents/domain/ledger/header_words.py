"""The words that committees put over their columns; of each field the most exact come first."""

from enum import StrEnum


class Field(StrEnum):
    """What a column is about."""

    ESTATE = "estate"
    ESTATE_KIND = "estate kind"
    DOOR = "door"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"
    AREA = "area"
    STATE = "state"
    RELATION = "relation"
    NAME = "name"
    GENDER = "gender"
    BIRTH_DATE = "birth date"
    IDENTITY_NUMBER = "identity number"
    PHONE = "phone"
    TAGS = "tags"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


EXACT: dict[Field, tuple[str, ...]] = {
    Field.ESTATE: _words(
        "小区名称 小区名 所属小区 所在小区 居住小区 住宅小区 小区 小区院落 院落 院落名称 "
        "楼院 楼院名称 小区楼院 苑区 物业小区 小区院落名称"
    ),
    Field.ESTATE_KIND: _words("小区类型 小区性质 小区类别 小区种类 是否老旧小区 老旧小区"),
    Field.DOOR: _words(
        "门牌号 门牌 门牌号码 楼单元室 楼单元房 楼单元号 楼单元房号 楼单元门 楼单元户 "
        "楼单元门牌 楼单元室号 楼栋单元室 楼栋单元房 楼栋单元房号 楼栋单元室号 楼号单元房号 "
        "楼号单元室 楼号单元室号 楼号单元号房号 楼栋号单元号房号 栋单元室 栋单元房 "
        "栋单元房号 幢单元室 幢单元房号 座单元室 楼幢单元室 楼门号 楼门牌号 楼栋门牌 "
        "楼栋门牌号 楼房号 楼室 楼室号 栋室号 栋房号 幢室号 门牌地址 房屋门牌 房屋编号 房屋 "
        "房屋号 房屋坐落 房屋位置 房屋地址 住房 住房号 住户门牌 住户地址 户室 户室号 "
        "室号门牌 门户号 居住门牌 住址门牌 楼号房号 楼号室号 楼栋房号 楼栋室号 门室 门号 "
        "住址 现住址 现住地址 现居住地址 现居住地 居住地址 居住地 居住地点 家庭住址 家庭地址 "
        "详细地址 详细住址 具体地址 具体住址 地址 房间 住宅 住宅号 楼牌号 楼址 住处 坐落 座落 "
        "居住房间 居住房屋 居住楼室 楼栋门号 房屋座落 住房坐落 房产坐落 房址 居室"
    ),
    Field.BUILDING: _words(
        "楼号 楼栋号 楼栋 栋号 幢号 楼幢号 楼幢 座号 楼座 楼座号 栋 幢 座 楼 号楼 几号楼 "
        "几栋 楼宇 楼宇号 所在楼栋 所属楼栋 大楼 楼名 建筑"
    ),
    Field.UNIT: _words("单元号 单元 单元门 门洞 单元数 单元门号 几单元 所在单元 梯号 门栋 楼门"),
    Field.ROOM: _words(
        "房号 室号 房间号 房间号码 房室号 房室 室 户号 房门号 几室 房屋号码 室号码 房 "
        "房号室号 门户 户"
    ),
    Field.AREA: _words(
        "建筑面积 产权面积 房屋面积 房屋建筑面积 住房面积 住房建筑面积 住宅面积 居住面积 "
        "产权建筑面积 登记面积 房产面积 房本面积 专有面积 专有部分面积 面积 面积m2 "
        "房屋产权面积 户型面积 使用面积 套内面积 套内建筑面积 实测面积 计费面积 建面 平方 "
        "平方数 平方米 平米 平米数 m2"
    ),
    Field.STATE: _words(
        "居住状态 居住状况 居住情况 房屋状态 房屋状况 房屋使用情况 房屋使用状态 房屋情况 "
        "使用情况 使用状态 使用状况 入住情况 入住状态 住房状态 住房情况 房屋用途 居住性质 "
        "房屋性质 空置情况 住户状态 在住情况 在住状态 状态 房态"
    ),
    Field.RELATION: _words(
        "与户主关系 与户主的关系 同户主关系 和户主关系 户主关系 与户主之关系 关系 家庭关系 "
        "成员关系 家庭成员关系 与房主关系 与业主关系 与产权人关系 与房主的关系 与业主的关系 "
        "人房关系 人户关系 与本人关系 与家长关系 称谓 家庭称谓 身份关系 户内关系 家庭角色"
    ),
    Field.NAME: _words(
        "姓名 居民姓名 住户姓名 人员姓名 名字 常住人口姓名 家庭成员姓名 成员姓名 人口姓名 "
        "居住人姓名 居住人员姓名 实际居住人 实际居住人姓名 居住人 居住人员 实住人姓名 "
        "入住人姓名 常住人姓名 本人姓名 公民姓名 住户名称 居民名称 居民 住户 家庭成员 "
        "常住人口 成员 姓名或空置 人员 姓氏名字 人名 户内人员 户内成员 住户名 居民名 人员名称 "
        "居住者 现住人 现住人员 实住人 实住人员 家庭人员 业主姓名 房主姓名 户主姓名 户主 业主 房主"
    ),
    Field.GENDER: _words("性别 男女 性別 男或女 性"),
    Field.BIRTH_DATE: _words(
        "出生日期 出生年月日 出生时间 生日 出生年月 出生 生年月日 出生日 公历生日 阳历生日 "
        "出生日期公历 诞辰 出生年月日公历 出身日期 出身年月 年月日 诞生日期"
    ),
    Field.IDENTITY_NUMBER: _words(
        "身份证号 身份证号码 公民身份号码 公民身份证号 公民身份证号码 居民身份证号 "
        "居民身份证号码 身份证 身份号码 身份证件号 身份证件号码 证件号码 证件号 有效证件号码 "
        "有效证件号 身份证编号 二代身份证号 身份证号18位 身份证明号码 id idcard 证号 证件编号 "
        "身份信息 身份证明 证件"
    ),
    Field.PHONE: _words(
        "手机号码 手机号 手机 联系电话 电话号码 电话 移动电话 联系方式 本人电话 联系手机 "
        "联系号码 联系电话号码 联系人电话 居民电话 住户电话 联系电话手机 手机电话 电话手机 "
        "联络电话 联络方式 通讯方式 通讯电话 家庭电话 住宅电话 固定电话 座机 固话 户主电话 "
        "移动号码 联络号码 联系号 tel phone mobile 号码"
    ),
    Field.TAGS: _words(
        "人员类别 人员类型 人员标签 人群类别 人群类型 人群分类 人员分类 居民类别 居民类型 "
        "居民标签 标签 特殊人群 特殊人群类别 特殊人群类型 重点人群 重点人群类别 重点人员类别 "
        "重点关注人群 关注类别 关注人群 特殊身份 身份类别 人员属性 人员性质 类别 特殊情况 "
        "人员特征 人员身份 服务类别 政治面貌及特殊身份 政治面貌"
    ),
}
"""Folded words: half-width, lower-case, without spaces, brackets, strokes and stars."""

PARTS: tuple[tuple[Field, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        Field.IDENTITY_NUMBER,
        _words("身份证 证件号 身份号"),
        _words("地址 住址 类型 类别 有效 照片 是否 复印"),
    ),
    (Field.BIRTH_DATE, _words("出生 生日"), _words("地 证 籍 医 是否")),
    (
        Field.PHONE,
        _words("手机 电话 联系方式"),
        _words("紧急 监护 房东 单位 物业 网格 应急 亲属 是否 负责 楼长"),
    ),
    (Field.AREA, _words("面积"), _words("公摊 分摊 绿化 是否 花园 车位 车库")),
    (Field.RELATION, _words("关系"), _words("组织 党 劳动 劳务 紧急")),
    (Field.GENDER, _words("性别"), ()),
    (
        Field.NAME,
        _words("姓名"),
        _words("紧急 监护 房东 网格 曾用 联系人 填表 负责 拼音 配偶 父亲 母亲 楼长"),
    ),
    (Field.TAGS, _words("人员类 人群 标签"), ()),
    (
        Field.DOOR,
        _words("门牌 单元室 单元房 楼栋单元 住址 居住地址 房屋地址 房号 室号 坐落 座落"),
        _words("户籍 单位 身份证 原 车 面积"),
    ),
)
"""A field, what its header may contain, and what it may not contain besides."""

"""Why a whole ledger is refused before a row of it is read; nothing of the file is named."""

from residents.domain.errors import ResidentsError


class LedgerTooLarge(ResidentsError):
    """The file has more bytes than the limit."""

    code = "LEDGER_TOO_LARGE"

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self.message = f"文件超过 {limit_bytes / 1_000_000:g} MB，请拆分后再导入。"
        super().__init__()


class LedgerUnpacksTooLarge(ResidentsError):
    """Unpacked it would be far more than a ledger is: too many bytes or parts, or packed within."""

    code = "LEDGER_UNPACKS_TOO_LARGE"
    message = "文件解压后过大，或内容散落在极远的行列，不像一份表格，请清理后再导入。"


class LedgerNotASpreadsheet(ResidentsError):
    """Not an Excel workbook."""

    code = "LEDGER_NOT_A_SPREADSHEET"
    message = "文件不是 Excel 工作簿，请另存为 .xlsx 后再导入。"


class LedgerInOldFormat(ResidentsError):
    """A workbook of Excel 97 to 2003, of which nobody can say beforehand how large it becomes."""

    code = "LEDGER_IN_OLD_FORMAT"
    message = "文件是旧版 .xls 工作簿，请另存为 .xlsx 后再导入。"


class LedgerEncrypted(ResidentsError):
    """The workbook opens with a password only."""

    code = "LEDGER_ENCRYPTED"
    message = "工作簿设有打开密码，请取消密码后再导入。"


class LedgerDamaged(ResidentsError):
    """The file begins like a workbook, and cannot be read to its end."""

    code = "LEDGER_DAMAGED"
    message = "工作簿已损坏或不完整，请重新导出后再导入。"


class LedgerTooManyRows(ResidentsError):
    """The workbook has more rows or columns than the limit."""

    code = "LEDGER_TOO_MANY_ROWS"

    def __init__(self, limit_rows: int) -> None:
        self.limit_rows = limit_rows
        self.message = f"表格超过 {limit_rows:,} 行或列数异常，请拆分或清理后再导入。"
        super().__init__()


class LedgerWithoutSheets(ResidentsError):
    """No sheet of the workbook can be seen."""

    code = "LEDGER_WITHOUT_SHEETS"
    message = "工作簿中没有可见的工作表。"

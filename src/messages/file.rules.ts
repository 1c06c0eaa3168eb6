/** Rules of files of which a proposal is made. */
export const FILE_RULES = {
  FILE_UNREADABLE: {
    label: { en: 'File cannot be read', nl: 'Bestand is niet te lezen', zh: '文件无法读取' },
    text: {
      en: 'The file is not {format} at {place}: {problem}',
      nl: 'Het bestand is geen {format} bij {place}: {problem}',
      zh: '文件在 {place} 处不是有效的 {format}：{problem}',
    },
  },
  FILE_QUOTES: {
    label: { en: 'Quotation marks do not match', nl: 'Aanhalingstekens kloppen niet', zh: '引号不匹配' },
    text: {
      en: 'The quotation marks of {place} do not match: a cell that contains one begins and ends with one, and each inside it is written twice.',
      nl: 'De aanhalingstekens van {place} kloppen niet: een cel waarin er een staat, begint en eindigt ermee, en elk teken daartussen staat er dubbel.',
      zh: '{place} 的引号不匹配：含有引号的单元格须以引号开头和结尾，其中的每个引号要写两个。',
    },
  },
  FILE_ENCODING: {
    label: { en: 'Unknown encoding', nl: 'Onbekende tekencodering', zh: '未知编码' },
    text: {
      en: 'The text of the file is neither UTF-8, UTF-16, windows-1252 nor GB 18030: save it as UTF-8.',
      nl: 'De tekst van het bestand is geen UTF-8, UTF-16, windows-1252 of GB 18030. Sla het op als UTF-8.',
      zh: '文件编码不是 UTF-8、UTF-16、windows-1252 或 GB 18030，请另存为 UTF-8。',
    },
  },
  FILE_WITHOUT_COLUMNS: {
    label: { en: 'No known column', nl: 'Geen bekende kolom', zh: '没有已知的列' },
    text: {
      en: 'None of the first {limit} rows has the names of columns of {table}, such as {columns}. The template is /export/{table}.csv?template=true.',
      nl: 'In de eerste {limit} regels staan geen kolomnamen van {table}, zoals {columns}. De sjabloon is /export/{table}.csv?template=true.',
      zh: '前 {limit} 行中没有 {table} 的列名，例如 {columns}。模板见 /export/{table}.csv?template=true。',
    },
  },
  FILE_TOO_MANY_COLUMNS: {
    label: { en: 'Too many columns', nl: 'Te veel kolommen', zh: '列数过多' },
    text: {
      en: '{place} has more than {limit} columns or {characters} characters, at column {column}.',
      nl: '{place} heeft meer dan {limit} kolommen of {characters} tekens, bij kolom {column}.',
      zh: '{place} 在 {column} 列处超过 {limit} 列或 {characters} 个字符。',
    },
  },
  FILE_COLUMN_REPEATED: {
    label: { en: 'Column repeated', nl: 'Kolom herhaald', zh: '列重复' },
    text: {
      en: '{place} names the column {column} twice: keep one of them.',
      nl: '{place} noemt de kolom {column} twee keer. Laat er één staan.',
      zh: '{place} 中列 {column} 出现两次，请保留其中一列。',
    },
  },
  FILE_COLUMN_TOO_LONG: {
    label: { en: 'Name of a column too long', nl: 'Kolomnaam te lang', zh: '列名过长' },
    text: {
      en: '{place} has a name of a column of {length} characters, at column {column}; the maximum is {limit}.',
      nl: '{place} heeft bij kolom {column} een kolomnaam van {length} tekens; het maximum is {limit}.',
      zh: '{place} 中 {column} 列的列名有 {length} 个字符；上限为 {limit}。',
    },
  },
  FILE_TOO_MUCH_TEXT: {
    label: { en: 'Too much text', nl: 'Te veel tekst', zh: '文本过多' },
    text: {
      en: 'The cells up to {place} have more than {limit} characters together; send the file in parts.',
      nl: 'De cellen tot en met {place} hebben samen meer dan {limit} tekens. Dien het bestand in delen in.',
      zh: '截至 {place} 的单元格总计超过 {limit} 个字符，请分批提交文件。',
    },
  },
  FILE_TOO_LARGE: {
    label: { en: 'File too large', nl: 'Bestand te groot', zh: '文件过大' },
    text: {
      en: 'The file has more than {limit} bytes; send it in parts.',
      nl: 'Het bestand is groter dan {limit} bytes. Dien het in delen in.',
      zh: '文件超过 {limit} 字节，请分批提交。',
    },
  },
  FILE_UNPACKED_TOO_LARGE: {
    label: { en: 'Unpacked file too large', nl: 'Uitgepakt bestand te groot', zh: '解压后的文件过大' },
    text: {
      en: '{place} of the workbook is larger than {limit} bytes when it is unpacked, or the workbook has more than {parts} parts.',
      nl: '{place} van de werkmap is uitgepakt groter dan {limit} bytes, of de werkmap heeft meer dan {parts} delen.',
      zh: '工作簿的 {place} 解压后超过 {limit} 字节，或工作簿超过 {parts} 个部分。',
    },
  },
  FILE_WITH_DTD: {
    label: { en: 'XML with a document type', nl: 'XML met een documenttype', zh: '含文档类型的 XML' },
    text: {
      en: 'The XML of {place} declares a document type; entities are not read. Remove it.',
      nl: 'De XML van {place} heeft een documenttype; entiteiten worden niet gelezen. Verwijder het.',
      zh: '{place} 的 XML 声明了文档类型；不读取实体，请将其删除。',
    },
  },
  FILE_PARAMETER: {
    label: { en: 'Parameter of a file', nl: 'Parameter van een bestand', zh: '文件参数' },
    text: {
      en: '{name} is one of {values}; got {value}.',
      nl: '{name} is een van {values}; {value} is dat niet.',
      zh: '{name} 须为 {values} 之一；收到的是 {value}。',
    },
  },
  FILES_BUSY: {
    label: { en: 'Too many files at once', nl: 'Te veel bestanden tegelijk', zh: '同时提交的文件过多' },
    text: {
      en: 'The server reads {limit} files at once; try again in {seconds} seconds.',
      nl: 'De server leest {limit} bestanden tegelijk. Probeer het over {seconds} seconden opnieuw.',
      zh: '服务器同时读取 {limit} 个文件，请在 {seconds} 秒后重试。',
    },
  },
  ROW_NOT_OBJECT: {
    label: { en: 'Row is no JSON object', nl: 'Regel is geen JSON-object', zh: '行不是 JSON 对象' },
    text: {
      en: 'The row is not a JSON object of at most {limit} characters: {problem}',
      nl: 'De regel is geen JSON-object van hoogstens {limit} tekens: {problem}',
      zh: '该行不是最多 {limit} 个字符的 JSON 对象：{problem}',
    },
  },
  ROW_CELL_WITHOUT_COLUMN: {
    label: { en: 'Cell without a column', nl: 'Cel zonder kolom', zh: '单元格没有列名' },
    text: {
      en: 'The cell in column {column} stands under no name of a column.',
      nl: 'De cel in kolom {column} staat niet onder een kolomnaam.',
      zh: '{column} 列的单元格没有对应的列名。',
    },
  },
  ROW_CELL_TOO_LONG: {
    label: { en: 'Cell too long', nl: 'Cel te lang', zh: '单元格过长' },
    text: {
      en: '{field} has {length} characters; a cell has at most {limit}.',
      nl: '{field} heeft {length} tekens; een cel heeft er hoogstens {limit}.',
      zh: '{field}有 {length} 个字符；单元格最多 {limit} 个。',
    },
  },
  ROW_FORMULA_WITHOUT_VALUE: {
    label: { en: 'Formula without a value', nl: 'Formule zonder waarde', zh: '公式没有值' },
    text: {
      en: '{field} is a formula whose value is {value}: replace it by the value.',
      nl: '{field} is een formule met als waarde {value}. Vervang haar door de waarde.',
      zh: '{field}是公式，其值为 {value}：请替换为实际的值。',
    },
  },
} as const;

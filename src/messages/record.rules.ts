/** Rules of records: their ids and versions, references between them, and repeated calls. */
export const RECORD_RULES = {
  ID_FORM: {
    label: { en: 'Not an id', nl: 'Geen id', zh: '不是标识符' },
    text: {
      en: '{field} must be the id of a record, like nl-rotterdam or tie-rotterdam-shanghai, of at most {limit} characters; got {value}.',
      nl: '{value} is geen id van een record, zoals nl-rotterdam of tie-rotterdam-shanghai (hoogstens {limit} tekens). Controleer {field}.',
      zh: '{value}不是记录的标识符（如 nl-rotterdam 或 tie-rotterdam-shanghai，最多{limit}个字符）。请检查{field}。',
    },
  },
  RECORD_MISSING: {
    label: { en: 'Record does not exist', nl: 'Record bestaat niet', zh: '记录不存在' },
    text: {
      en: 'There is no record with the id {id}.',
      nl: 'Er is geen record met de id {id}.',
      zh: '没有标识符为{id}的记录。',
    },
  },
  REFERENCE_MISSING: {
    label: { en: 'Reference to nothing', nl: 'Verwijzing naar niets', zh: '引用的记录不存在' },
    text: {
      en: '{field} refers to a record that does not exist: {value}.',
      nl: '{field} verwijst naar een record dat niet bestaat: {value}.',
      zh: '{field}引用的记录不存在：{value}。',
    },
  },
  RECORD_REFERRED_TO: {
    label: { en: 'Others refer to the record', nl: 'Er wordt naar het record verwezen', zh: '记录被引用' },
    text: {
      en: '{id} cannot be withdrawn while others refer to it ({count}): {records}. Change or withdraw them first.',
      nl: '{id} kan niet worden ingetrokken zolang er naar wordt verwezen ({count}): {records}. Wijzig die eerst of trek ze in.',
      zh: '{id}仍被引用（{count}处）：{records}，因此无法撤回。请先修改或撤回这些记录。',
    },
  },
  WITHDRAWAL_SOURCE: {
    label: { en: 'Source of a withdrawal', nl: 'Bron bij een intrekking', zh: '撤回时提供来源' },
    text: {
      en: 'A withdrawn record has no sources: leave out {field}, and name the source in the reason.',
      nl: 'Een ingetrokken record heeft geen bronnen. Laat {field} weg en noem de bron in de reden.',
      zh: '已撤回的记录没有来源。请省略{field}，并在理由中注明来源。',
    },
  },
  REFERENCE_CYCLE: {
    label: { en: 'Reference in a circle', nl: 'Verwijzing in een kring', zh: '循环引用' },
    text: {
      en: '{field} would create a cycle between {id} and {value}.',
      nl: 'Met {value} als {field} zou {id} onder zichzelf vallen.',
      zh: '若{field}为{value}，{id}将隶属于自身。',
    },
  },
  VERSION_OUTDATED: {
    label: { en: 'Record changed since', nl: 'Record intussen gewijzigd', zh: '记录已被更改' },
    text: {
      en: 'The record has version {version}, but expectedVersion is {expected}: load the record again.',
      nl: 'Iemand anders heeft deze gegevens intussen gewijzigd (versie {version}; u had versie {expected}). Bekijk de wijzigingen en probeer het opnieuw.',
      zh: '这些数据已被他人更改（现为第{version}版，您读取的是第{expected}版）。请查看更改后重试。',
    },
  },
  VERSION_NOT_YET: {
    label: { en: 'Version does not exist yet', nl: 'Versie bestaat nog niet', zh: '版本尚不存在' },
    text: {
      en: 'Version {expected} does not exist yet; the record is at version {version}: load the record again.',
      nl: 'Versie {expected} bestaat nog niet; het record is bij versie {version}. Laad de gegevens opnieuw.',
      zh: '第{expected}版尚不存在；记录现为第{version}版。请重新加载数据。',
    },
  },
  KEY_REUSED: {
    label: { en: 'Key used before', nl: 'Sleutel al gebruikt', zh: '键已使用过' },
    text: {
      en: 'This idempotencyKey was already used for a call with different input; use a new key.',
      nl: 'Deze opdracht is al eerder verstuurd, met andere gegevens. Verstuur haar opnieuw met een nieuwe sleutel (idempotencyKey).',
      zh: '此操作已用其他数据提交过。请使用新的键（idempotencyKey）重新提交。',
    },
  },
  LINK_EXISTS: {
    label: { en: 'Link exists already', nl: 'Koppeling bestaat al', zh: '关联已存在' },
    text: {
      en: 'The partnership is already linked to {programme}.',
      nl: 'De stedenband is al gekoppeld aan {programme}.',
      zh: '该友好城市关系已与{programme}关联。',
    },
  },
  LINK_MISSING: {
    label: { en: 'Link does not exist', nl: 'Koppeling bestaat niet', zh: '关联不存在' },
    text: {
      en: 'The partnership is not linked to {programme}.',
      nl: 'De stedenband is niet gekoppeld aan {programme}.',
      zh: '该友好城市关系未与{programme}关联。',
    },
  },
  RECORD_DUPLICATE: {
    label: { en: 'Record exists already', nl: 'Record bestaat al', zh: '记录已存在' },
    text: {
      en: 'The register already has a record like this.',
      nl: 'Het register heeft al zo’n record.',
      zh: '登记册中已有相同的记录。',
    },
  },
  VALUE_NOT_STORABLE: {
    label: { en: 'Value cannot be stored', nl: 'Waarde kan niet worden bewaard', zh: '值无法保存' },
    text: {
      en: 'The database cannot store one of these values.',
      nl: 'Een van deze waarden kan niet worden bewaard.',
      zh: '其中一个值无法保存。',
    },
  },
  VALUES_CONTRADICT: {
    label: { en: 'Values contradict each other', nl: 'Waarden spreken elkaar tegen', zh: '值相互矛盾' },
    text: {
      en: 'These values contradict each other or another record.',
      nl: 'Deze waarden spreken elkaar of een ander record tegen.',
      zh: '这些值相互矛盾，或与其他记录矛盾。',
    },
  },
  TEXT_NOT_INDEXABLE: {
    label: { en: 'Text too long for the index', nl: 'Tekst te lang voor de index', zh: '文本过长，无法编入索引' },
    text: {
      en: 'One of these texts is too long to be indexed.',
      nl: 'Een van deze teksten is te lang. Maak hem korter.',
      zh: '其中一段文本过长，请缩短。',
    },
  },
} as const;

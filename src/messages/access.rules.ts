/** Rules of credentials and permissions. */
export const ACCESS_RULES = {
  AUTHORIZATION_MALFORMED: {
    label: { en: 'Malformed credential', nl: 'Ongeldige aanmelding', zh: '凭证格式错误' },
    text: {
      en: 'Authorization must read: Bearer, a space, and the key.',
      nl: 'Authorization moet luiden: Bearer, een spatie, en de sleutel.',
      zh: 'Authorization 的格式须为：Bearer、一个空格，然后是密钥。',
    },
  },
  KEY_INVALID: {
    label: { en: 'Key not valid', nl: 'Sleutel niet geldig', zh: '密钥无效' },
    text: {
      en: 'The key is not valid: wrong, expired or revoked.',
      nl: 'De sleutel is niet geldig: onjuist, verlopen of ingetrokken.',
      zh: '密钥无效：有误、已过期或已撤销。',
    },
  },
  TOKEN_INVALID: {
    label: { en: 'Token not valid', nl: 'Token niet geldig', zh: '令牌无效' },
    text: {
      en: 'The token is not valid: wrong, expired, or not issued for this register.',
      nl: 'Het token is niet geldig: onjuist, verlopen, of niet voor dit register uitgegeven.',
      zh: '令牌无效：有误、已过期，或不是为本登记册签发的。',
    },
  },
  TOKEN_UNVERIFIABLE: {
    label: { en: 'Token cannot be verified', nl: 'Token niet te controleren', zh: '无法验证令牌' },
    text: {
      en: 'The token cannot be verified because the OpenID provider does not answer; try again later, or use a key.',
      nl: 'Het token kan niet worden gecontroleerd, omdat de OpenID-provider niet antwoordt; probeer het later opnieuw, of gebruik een sleutel.',
      zh: '无法验证令牌，因为 OpenID 提供方没有响应；请稍后重试，或使用密钥。',
    },
  },
  KEY_MISSING: {
    label: { en: 'Key missing', nl: 'Sleutel ontbreekt', zh: '缺少密钥' },
    text: {
      en: '{name} needs a key with the scope {scope}; none was sent.',
      nl: '{name} vereist een sleutel met de scope {scope}; er is geen sleutel gestuurd.',
      zh: '{name} 需要具有权限 {scope} 的密钥；未收到密钥。',
    },
  },
  SCOPE_MISSING: {
    label: { en: 'Scope missing', nl: 'Scope ontbreekt', zh: '缺少权限' },
    text: {
      en: '{name} needs the scope {scope}; this key has {scopes}.',
      nl: '{name} vereist de scope {scope}; deze sleutel heeft {scopes}.',
      zh: '{name} 需要权限 {scope}；此密钥具有 {scopes}。',
    },
  },
  SCOPES_EMPTY: {
    label: { en: 'Key without scopes', nl: 'Sleutel zonder scopes', zh: '密钥没有权限' },
    text: {
      en: '{name} needs the scope {scope}; this key has none.',
      nl: '{name} vereist de scope {scope}; deze sleutel heeft er geen.',
      zh: '{name} 需要权限 {scope}；此密钥没有任何权限。',
    },
  },
  KEY_BOUND: {
    label: { en: 'Record of another authority', nl: 'Gegeven van een andere overheid', zh: '属于其他政府的记录' },
    text: {
      en: 'This key is bound to {authorities}: a record that it writes touches one of these before and after the change, and {id} does not. Use a key for that record, or one that is not bound.',
      nl: 'Deze sleutel is gebonden aan {authorities}: een gegeven dat ermee wordt gewijzigd, raakt een daarvan vóór en na de wijziging, en {id} doet dat niet. Gebruik een sleutel voor dat gegeven, of een die niet gebonden is.',
      zh: '此密钥仅限于 {authorities}：用它更改的记录在更改前后都须涉及其中之一，而 {id} 并非如此。请使用适用于该记录的密钥，或不受限的密钥。',
    },
  },
  KEY_BOUND_NEW: {
    label: {
      en: 'New record of another authority',
      nl: 'Nieuw gegeven van een andere overheid',
      zh: '属于其他政府的新记录',
    },
    text: {
      en: 'This key is bound to {authorities}: a new record has one of these as a side, and this one does not. Use a key for one of its sides, or one that is not bound.',
      nl: 'Deze sleutel is gebonden aan {authorities}: een nieuw gegeven heeft een daarvan als partij, en dit gegeven niet. Gebruik een sleutel voor zijn partijen, of een die niet gebonden is.',
      zh: '此密钥仅限于 {authorities}：新记录须以其中之一为一方，而此记录并非如此。请使用适用于其双方的密钥，或不受限的密钥。',
    },
  },
  KEY_BOUND_ROWS: {
    label: { en: 'Rows of other authorities', nl: 'Regels van andere overheden', zh: '属于其他政府的行' },
    text: {
      en: 'This key is bound to {authorities}, and it is not certain that all rows are about records that touch one of these. Rows to check ({count}): {places}. Leave them out, name their records and sides by id, or use a key that is not bound. Nothing was stored.',
      nl: 'Deze sleutel is gebonden aan {authorities}, en het is niet zeker dat alle regels over gegevens gaan die een daarvan raken. Na te kijken regels ({count}): {places}. Laat ze weg, noem gegevens en partijen met hun id, of gebruik een sleutel die niet gebonden is. Er is niets opgeslagen.',
      zh: '此密钥仅限于 {authorities}，但无法确定所有行的记录都涉及其中之一。须核对的行（{count}）：{places}。请去掉这些行，用标识符指明其记录和双方，或使用不受限的密钥。未保存任何内容。',
    },
  },
  ROUTERS_ONLY: {
    label: { en: 'Field for routers only', nl: 'Veld alleen voor routers', zh: '仅供路由器使用的字段' },
    text: {
      en: '{name} is for routers only: they send the secret of this server in the header {header}.',
      nl: '{name} is alleen voor routers: die sturen het geheim van deze server in de header {header}.',
      zh: '{name} 仅供路由器使用：路由器在标头 {header} 中发送本服务器的密钥。',
    },
  },
  ORIGIN_NOT_ALLOWED: {
    label: { en: 'Site not allowed', nl: 'Site niet toegestaan', zh: '不允许的网站' },
    text: {
      en: 'Pages of this site may not use the API here; its operator can add the site to ALLOWED_ORIGINS.',
      nl: "Pagina's van deze site mogen de API hier niet gebruiken; de beheerder kan de site toevoegen aan ALLOWED_ORIGINS.",
      zh: '该网站的页面不得使用此处的 API；管理员可将该网站加入 ALLOWED_ORIGINS。',
    },
  },
  METRICS_FORBIDDEN: {
    label: { en: 'Metrics not available', nl: 'Metingen niet beschikbaar', zh: '指标不可访问' },
    text: {
      en: 'Metrics are available on this machine at 127.0.0.1 or localhost, and to clients that send METRICS_KEY as a Bearer token.',
      nl: 'Metingen zijn beschikbaar op deze machine via 127.0.0.1 of localhost, en voor clients die METRICS_KEY als Bearer-token sturen.',
      zh: '指标可在本机通过 127.0.0.1 或 localhost 访问，或由以 Bearer 令牌发送 METRICS_KEY 的客户端访问。',
    },
  },
  DOCUMENT_UNTRUSTED: {
    label: { en: 'Document not trusted', nl: 'Document niet vertrouwd', zh: '文档不受信任' },
    text: {
      en: 'Only documents that were agreed on may run here; send the documentId of one.',
      nl: 'Alleen afgesproken documenten mogen hier draaien; stuur de documentId van zo’n document.',
      zh: '此处只能执行事先约定的文档；请发送其中一个的 documentId。',
    },
  },
  DOCUMENT_ID_UNKNOWN: {
    label: { en: 'Unknown document', nl: 'Onbekend document', zh: '未知的文档' },
    text: {
      en: 'No document has the id {value}.',
      nl: 'Geen document heeft het id {value}.',
      zh: '没有标识符为 {value} 的文档。',
    },
  },
  DOCUMENT_ID_CONTRADICTS: {
    label: {
      en: 'Id and text of different documents',
      nl: 'Id en tekst van verschillende documenten',
      zh: '文档标识符与文本不符',
    },
    text: {
      en: 'The document {value} is another than the query sent with it; send one of the two.',
      nl: 'Het document {value} is een ander dan de meegestuurde query; stuur een van de twee.',
      zh: '文档 {value} 与随之发送的查询不同；请只发送其中之一。',
    },
  },
} as const;

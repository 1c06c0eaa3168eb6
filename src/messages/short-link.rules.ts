/** Rules of short links of the desk. */
export const SHORT_LINK_RULES = {
  SHORT_LINK_BODY: {
    label: { en: 'Not the body of a short link', nl: 'Geen inhoud van een korte link', zh: '不是短链接的内容' },
    text: {
      en: 'Send JSON such as {example}, with the content type application/json.',
      nl: 'Stuur JSON zoals {example}, met het inhoudstype application/json.',
      zh: '请发送如 {example} 的 JSON，内容类型为 application/json。',
    },
  },
  SHORT_LINK_STATE: {
    label: { en: 'Not a fragment of the desk', nl: 'Geen fragment van de werkbank', zh: '不是工作台地址的片段' },
    text: {
      en: 'state is no fragment of an address of the desk: it begins with #, and has its parameters ({names}, and settings of views) with escaped values.',
      nl: 'state is geen fragment van een adres van de werkbank: het begint met #, en heeft de parameters daarvan ({names}, en instellingen van beelden) met gecodeerde waarden.',
      zh: 'state 不是工作台地址的片段：它以 # 开头，包含其参数（{names} 以及视图设置），值须经转义。',
    },
  },
  SHORT_LINK_LENGTH: {
    label: { en: 'State too long for a short link', nl: 'Te lang voor een korte link', zh: '内容过长，无法生成短链接' },
    text: {
      en: 'state has {length} characters; a short link holds at most {limit}. Share the long link.',
      nl: 'state heeft {length} tekens; een korte link bevat er hoogstens {limit}. Deel de lange link.',
      zh: 'state 有 {length} 个字符；短链接最多容纳 {limit} 个。请分享长链接。',
    },
  },
  SHORT_LINK_LIMIT: {
    label: { en: 'Too many short links', nl: 'Te veel korte links', zh: '短链接过多' },
    text: {
      en: 'At most {limit} short links an hour can be made from one address without a key; try again in {minutes} min, or share the long link.',
      nl: 'Zonder sleutel kunnen per uur hoogstens {limit} korte links worden gemaakt vanaf één adres. Probeer het over {minutes} min opnieuw, of deel de lange link.',
      zh: '没有密钥时，每个地址每小时最多可生成 {limit} 个短链接；请在 {minutes} 分钟后重试，或分享长链接。',
    },
  },
  SHORT_LINK_UNKNOWN: {
    label: { en: 'Unknown short link', nl: 'Onbekende korte link', zh: '未知的短链接' },
    text: {
      en: 'No short link is called {hash}: it was never made, or was not used for so long that others took its place.',
      nl: 'Geen korte link heet {hash}: hij is nooit gemaakt, of zo lang niet gebruikt dat andere zijn plaats innamen.',
      zh: '没有名为 {hash} 的短链接：它从未生成，或因长期未使用而被其他链接取代。',
    },
  },
} as const;

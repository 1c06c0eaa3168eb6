/** Rules of webhooks. */
export const WEBHOOK_RULES = {
  WEBHOOK_URL_FORM: {
    label: { en: 'Not an address of a receiver', nl: 'Geen adres van een ontvanger', zh: '不是接收方地址' },
    text: {
      en: 'url must be a web address of at most {limit} characters, like https://example.nl/hook.',
      nl: 'url moet een webadres zijn van hoogstens {limit} tekens, zoals https://example.nl/hook.',
      zh: 'url 须为最多{limit}个字符的网址，例如 https://example.nl/hook。',
    },
  },
  WEBHOOK_URL_HTTPS: {
    label: { en: 'Receiver without https', nl: 'Ontvanger zonder https', zh: '接收方未使用 https' },
    text: {
      en: 'A receiver must be reached over https; got {protocol}. The setting WEBHOOKS=loopback of a test server also permits http on its own machine.',
      nl: 'Een ontvanger moet via https bereikbaar zijn; ingevuld is {protocol}. De instelling WEBHOOKS=loopback van een testserver staat ook http op de eigen machine toe.',
      zh: '接收方必须通过 https 访问；收到的是 {protocol}。测试服务器的设置 WEBHOOKS=loopback 也允许本机上的 http。',
    },
  },
  WEBHOOK_URL_CREDENTIALS: {
    label: { en: 'Password in the address', nl: 'Wachtwoord in het adres', zh: '地址中含有密码' },
    text: {
      en: 'url must not contain a name or a password: the signature proves where a delivery comes from.',
      nl: 'url mag geen naam of wachtwoord bevatten: de handtekening bewijst waar een bezorging vandaan komt.',
      zh: 'url 不得包含用户名或密码：签名即可证明投递的来源。',
    },
  },
  WEBHOOK_ADDRESS_FORBIDDEN: {
    label: { en: 'Receiver not on the internet', nl: 'Ontvanger niet op internet', zh: '接收方不在互联网上' },
    text: {
      en: '{host} is not a public address of the internet; deliveries go to public addresses only.',
      nl: '{host} is geen openbaar internetadres; er wordt alleen aan openbare adressen bezorgd.',
      zh: '{host} 不是公共互联网地址；只向公共地址投递。',
    },
  },
  WEBHOOK_UNKNOWN: {
    label: { en: 'Unknown webhook', nl: 'Onbekende webhook', zh: '未知的 webhook' },
    text: {
      en: 'You have no webhook with the id {id}; webhooks lists yours.',
      nl: 'U hebt geen webhook met de id {id}; webhooks toont die van u.',
      zh: '您没有标识符为 {id} 的 webhook；webhooks 列出您的 webhook。',
    },
  },
  WEBHOOK_COUNT: {
    label: { en: 'Too many webhooks', nl: 'Te veel webhooks', zh: 'webhook 过多' },
    text: {
      en: 'One key may have {limit} webhooks, and the register {total}; delete one first.',
      nl: 'Eén sleutel mag {limit} webhooks hebben, en het register {total}; verwijder er eerst een.',
      zh: '一个密钥最多可有{limit}个 webhook，整个登记册最多{total}个；请先删除一个。',
    },
  },
  WEBHOOK_GONE: {
    label: { en: 'Webhook retired', nl: 'Webhook opgeheven', zh: 'webhook 已停用' },
    text: {
      en: 'The receiver answered 410 and gets no more deliveries; change its url with updateWebhook, or create another webhook.',
      nl: 'De ontvanger antwoordde 410 en krijgt niets meer; wijzig de url met updateWebhook, of maak een andere webhook.',
      zh: '接收方返回了 410，不再投递；请用 updateWebhook 更改 url，或新建一个 webhook。',
    },
  },
  WEBHOOK_RANGE: {
    label: { en: 'Empty range', nl: 'Lege reeks', zh: '空范围' },
    text: {
      en: 'There is nothing to deliver again: until must be after after, and everything after the position of the webhook is still to come.',
      nl: 'Er valt niets opnieuw te bezorgen: until moet na after liggen, en alles na de positie van de webhook komt nog.',
      zh: '没有可重新投递的内容：until 须在 after 之后；webhook 位置之后的变更仍会投递。',
    },
  },
  WEBHOOKS_OFF: {
    label: { en: 'No webhooks here', nl: 'Geen webhooks hier', zh: '此处不提供 webhook' },
    text: {
      en: 'This server delivers no webhooks: its operator can set WEBHOOKS to https.',
      nl: 'Deze server bezorgt geen webhooks: de beheerder kan WEBHOOKS op https zetten.',
      zh: '本服务器不投递 webhook：管理员可将 WEBHOOKS 设为 https。',
    },
  },
} as const;

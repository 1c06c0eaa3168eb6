/** Rules of requests about a past moment, and of requests that wait for a change. */
export const PAST_REQUEST_RULES = {
  KNOWN_AT_REPEATED: {
    label: { en: 'Moment given twice', nl: 'Moment twee keer opgegeven', zh: '时刻重复给出' },
    text: {
      en: '{name} is given more than once; a request has one moment.',
      nl: '{name} is meer dan eens opgegeven; een verzoek heeft één moment.',
      zh: '{name} 给出了多次；一个请求只有一个时刻。',
    },
  },
  KNOWN_AT_DISAGREES: {
    label: { en: 'Moments that disagree', nl: 'Momenten die elkaar tegenspreken', zh: '时刻互相矛盾' },
    text: {
      en: '{name} is {value}, but {otherName} is {other}; give one of them, or the same text in both.',
      nl: '{name} is {value}, maar {otherName} is {other}; geef een van beide, of in beide dezelfde tekst.',
      zh: '{name} 为 {value}，而 {otherName} 为 {other}；请只给出其中一个，或两处使用相同的文本。',
    },
  },
  KNOWN_AT_MISSPELT: {
    label: { en: 'Misspelt parameter', nl: 'Verkeerd gespelde parameter', zh: '参数拼写有误' },
    text: {
      en: 'The address has a parameter {value}, which is not known here; the moment of a request is {name}.',
      nl: 'Het adres heeft een parameter {value}, die hier niet bekend is; het moment van een verzoek heet {name}.',
      zh: '地址中的参数 {value} 未知；请求的时刻应写为 {name}。',
    },
  },
  KNOWN_AT_MUTATION: {
    label: { en: 'Mutation at a past moment', nl: 'Mutatie op een moment in het verleden', zh: '过去时刻的变更操作' },
    text: {
      en: 'A mutation changes the present register, and this request is about a past moment: {value}. Send it without knownAt and without Register-Known-At.',
      nl: 'Een mutatie wijzigt het register van nu, en dit verzoek gaat over een moment in het verleden: {value}. Stuur hem zonder knownAt en zonder Register-Known-At.',
      zh: '变更操作（mutation）修改当前的登记册，而此请求针对过去的时刻：{value}。请不带 knownAt 和 Register-Known-At 发送。',
    },
  },
  KNOWN_AT_PROPOSAL: {
    label: { en: 'File at a past moment', nl: 'Bestand op een moment in het verleden', zh: '过去时刻的文件' },
    text: {
      en: 'The rows of a file are compared with the present register, and this request is about a past moment: {value}. Send the file without knownAt and without Register-Known-At; basis names the state that it was made from.',
      nl: 'De regels van een bestand worden vergeleken met het register van nu, en dit verzoek gaat over een moment in het verleden: {value}. Stuur het bestand zonder knownAt en zonder Register-Known-At; basis noemt de stand waarvan het is gemaakt.',
      zh: '文件的各行与当前的登记册比较，而此请求针对过去的时刻：{value}。请不带 knownAt 和 Register-Known-At 发送文件；basis 指明文件所依据的状态。',
    },
  },
  KNOWN_AT_SUBSCRIPTION: {
    label: {
      en: 'Subscription at a past moment',
      nl: 'Subscription op een moment in het verleden',
      zh: '过去时刻的订阅',
    },
    text: {
      en: 'A subscription follows the changes of the present, and this request is about a past moment: {value}. Subscribe without knownAt and without Register-Known-At; after resumes at an earlier change.',
      nl: 'Een subscription volgt de wijzigingen van nu, en dit verzoek gaat over een moment in het verleden: {value}. Abonneer u zonder knownAt en zonder Register-Known-At; met after hervat u bij een eerdere wijziging.',
      zh: '订阅跟随当前的变更，而此请求针对过去的时刻：{value}。请不带 knownAt 和 Register-Known-At 订阅；用 after 可从较早的变更继续。',
    },
  },
  READ_AFTER_TIMEOUT: {
    label: { en: 'Change not seen yet', nl: 'Wijziging nog niet gezien', zh: '尚未看到该变更' },
    text: {
      en: 'This instance has not seen the change of Register-Read-After ({value}) within {limit} ms. Send the request again after {seconds} s.',
      nl: 'Deze instantie heeft de wijziging van Register-Read-After ({value}) niet binnen {limit} ms gezien. Stuur het verzoek na {seconds} s opnieuw.',
      zh: '此实例在 {limit} 毫秒内未看到 Register-Read-After（{value}）的变更。请在 {seconds} 秒后重新发送请求。',
    },
  },
} as const;

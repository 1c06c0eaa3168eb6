/** Rules of the encoding of a response. */
export const ENCODING_RULES = {
  ENCODING_NOT_ACCEPTABLE: {
    label: { en: 'Encoding not acceptable', nl: 'Codering niet aanvaard', zh: '编码不可接受' },
    text: {
      en: 'Accept-Encoding must permit one of {offered}; got {header}. Leave out the header, or identity;q=0 and *;q=0.',
      nl: 'Accept-Encoding moet een van {offered} toestaan; ontvangen: {header}. Laat de header weg, of identity;q=0 en *;q=0.',
      zh: 'Accept-Encoding 必须允许 {offered} 之一；收到的是 {header}。请省略该标头，或去掉 identity;q=0 和 *;q=0。',
    },
  },
} as const;

import { ATTRIBUTION, LICENCE } from './attribution.js';

/** The licence, as a file beside others. */
export const LICENCE_TEXT = `stedenband

These facts are published under the Creative Commons Attribution 4.0 International licence (CC BY 4.0):
you may share and adapt them, also commercially, if you name the source.

Deze gegevens zijn gepubliceerd onder de licentie Creative Commons Naamsvermelding 4.0 Internationaal (CC BY 4.0):
u mag ze delen en bewerken, ook commercieel, als u de bron noemt.

本数据按“知识共享 署名 4.0 国际”许可协议（CC BY 4.0）发布：注明来源即可共享和演绎，包括商业用途。

${LICENCE}
${LICENCE}legalcode.en
${LICENCE}legalcode.nl
${LICENCE}legalcode.zh-hans

Attribution · Naamsvermelding · 署名
${ATTRIBUTION}
`;

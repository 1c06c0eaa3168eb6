import { inWords } from './answer/words.js';

type EnumWords = (type: string, value: string) => string;

const fromTheName: EnumWords = (_type, value) => inWords(value);

/** Puts the values of the schema's enums into words. */
export const useEnumWords = (): EnumWords => fromTheName;

/** The readable part of an input with values that cannot be read: it is checked, and never written. */
export interface PartialInput {
  /** Paths of the values that cannot be read, from the argument on. */
  malformed: readonly (readonly string[])[];
  /** The input with the readable part of each field, for the checks of texts. */
  readable: object;
}

const partialInputs = new WeakMap<object, PartialInput>();

/** Marks an input as partial. Fields with a value that cannot be read are missing in it. */
export function markPartial(input: object, partial: PartialInput): void {
  partialInputs.set(input, partial);
}

/** Returns the readable part of a partial input; undefined for a complete one. */
export function partialInputOf(input: object): PartialInput | undefined {
  return partialInputs.get(input);
}

import type { Context } from '../../context.js';
import { costExtension, type ShownCost } from '../../limits/admission.js';
import { type RegisterState, registerStateOf } from '../http/register-state.js';

/** The extensions of a response. */
export interface ResultExtensions {
  cost: ShownCost;
  register?: RegisterState;
}

/** Returns the extensions of a response: its cost, and with data the state of the register that it is of. */
export function extensionsOf(contextValue: Context, data: unknown): ResultExtensions | undefined {
  const { admission, showsRegister } = contextValue.operationState;
  if (!admission) return undefined;
  const cost = costExtension(admission, data);
  return showsRegister && data !== undefined ? { cost, register: registerStateOf(contextValue) } : { cost };
}

import { ChangeResolver } from './change.resolver.js';
import { changeLabelResolvers } from './change-labels.resolver.js';
import { DifferenceResolver } from './difference.resolver.js';

/** The resolvers of the log, and of what differs between two moments of it. */
export const changeResolvers = [ChangeResolver, DifferenceResolver, ...changeLabelResolvers] as const;

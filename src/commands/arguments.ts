import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartError } from '../config/config.js';

/**
 * Parses the arguments of a program.
 *
 * @throws StartError with the usage, for the operator.
 */
export function parseArguments<Options extends ParseArgsConfig>(
  options: Options,
  usage: string,
): ReturnType<typeof parseArgs<Options>> {
  try {
    return parseArgs(options);
  } catch (error) {
    throw new StartError(`${(error as Error).message} Use: ${usage}`);
  }
}

import { readSettings } from './config.js';
import { SECRET_SETTINGS, settingNames } from './settings.js';

/**
 * Formats all effective settings, one per line, with secrets masked: `PORT=4000 (default)`.
 *
 * @throws StartError for the same problems as `readConfig`.
 */
export function shownConfig(environment: NodeJS.ProcessEnv): string {
  const settings: Record<string, unknown> = readSettings(environment);
  return settingNames
    .map(name => {
      if (settings[name] === undefined) return `${name} is not set`;
      return `${name}=${masked(name, String(settings[name]))}${environment[name] ? '' : ' (default)'}`;
    })
    .join('\n');
}

/** Returns a value, or `***` if it may contain a secret; of a URL it shows protocol, host and path. */
function masked(name: string, value: string): string {
  if (!SECRET_SETTINGS.has(name)) return value;
  const url = URL.parse(value);
  if (!url?.host) return '***';
  const credentials = url.username || url.password ? '***@' : '';
  return `${url.protocol}//${credentials}${url.host}${url.pathname}${url.search ? '?***' : ''}`;
}

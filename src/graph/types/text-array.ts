import { ArrayType, type Platform, type TransformContext } from '@mikro-orm/core';

/**
 * The type of columns `text[]`. That of MikroORM quotes some texts only, and escapes them as JSON does: PostgreSQL reads `null`
 * as no text, and a line feed beside a comma as `n`.
 */
export class TextArray extends ArrayType<string> {
  override convertToDatabaseValue(
    value: string[] | null,
    platform: Platform,
    context?: TransformContext,
  ): string | null {
    if (!Array.isArray(value)) return super.convertToDatabaseValue(value, platform, context);
    return `{${value.map(text => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join()}}`;
  }
}

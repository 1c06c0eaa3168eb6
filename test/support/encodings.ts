import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib';
import { type GraphQLObjectType, getNamedType, isEnumType, isObjectType, isScalarType } from 'graphql';

/** A response as it is on the wire: `fetch` would decode it. */
export interface WireResponse {
  status: number;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
}

/** Sends a request with these headers and no others. */
export async function send(
  url: string,
  headers: Record<string, string>,
  { method = 'GET', body }: { method?: string; body?: string } = {},
): Promise<WireResponse> {
  const sent = request(url, { method, headers, agent: false }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode as number, headers: response.headers, bytes: await buffer(response) };
}

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  br: promisify<Buffer, Buffer>(brotliDecompress),
  gzip: promisify<Buffer, Buffer>(gunzip),
  zstd: promisify<Buffer, Buffer>(zstdDecompress),
};

/** Returns the content of a response. Rejects for an incomplete one. */
export async function decoded({ headers, bytes }: WireResponse): Promise<Buffer> {
  const coding = headers['content-encoding'];
  return coding === undefined ? bytes : (DECODERS[coding]?.(bytes) ?? Promise.reject(new Error(coding)));
}

/** Returns a selection of all fields without a required argument, and of those of the objects in them to a depth. */
export function allFields(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).flatMap(({ name, type: output, args }) => {
    if (args.some(arg => arg.type.toString().endsWith('!'))) return [];
    const named = getNamedType(output);
    if (isScalarType(named) || isEnumType(named)) return [name];
    return isObjectType(named) && depth > 0 ? [`${name} { ${allFields(named, depth - 1)} }`] : [];
  });
  return ['__typename', ...fields].join(' ');
}

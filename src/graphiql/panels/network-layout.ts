import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from 'd3-force';
import type { Network, NetworkNode } from '../result/network-data.js';
import { PADDING, textWidth } from './figure-text.js';

export interface NetworkPoint {
  readonly node: NetworkNode;
  readonly x: number;
  readonly y: number;
}

interface Body extends SimulationNodeDatum {
  readonly node: NetworkNode;
  readonly label: string;
}

/** Steps of the simulation: all of them before the picture is drawn, so that nothing moves. */
const STEPS = 300;
const LABEL_HEIGHT = 24;
const MARK_HEIGHT = 16;
/** A network of few authorities is not drawn larger. */
const MAX_SCALE = 2;
/** Height of a network of few authorities, and what each further one adds to the square. */
const MIN_HEIGHT = 340;
const HEIGHT_PER_ROOT = 92;

/**
 * Lays out a network: what is tied lies together, Dutch authorities more to the left. The same network has the same
 * layout every time.
 *
 * @param labelOf Returns the label of a node, which needs room below it.
 */
export function layOutNetwork(
  { nodes, ties, centre }: Network,
  labelOf: (node: NetworkNode) => string,
  width: number,
): { points: ReadonlyMap<string, NetworkPoint>; height: number } {
  const height = Math.max(MIN_HEIGHT, Math.min(Math.sqrt(nodes.length) * HEIGHT_PER_ROOT, 1100));
  const bodies: Body[] = nodes.map(node => ({
    node,
    label: labelOf(node),
    ...(node === centre && { fx: width / 2, fy: height / 2 }),
  }));
  const byId = new Map(bodies.map(body => [body.node.id, body]));
  const links: SimulationLinkDatum<Body>[] = ties.flatMap(({ dutch, chinese }) => {
    const [source, target] = [byId.get(dutch.id), byId.get(chinese.id)];
    return source && target ? [{ source, target }] : [];
  });
  const columnOf = ({ node }: Body) => (node.country === 'NL' ? 0.36 : 0.64) * width;
  forceSimulation(bodies)
    .force('link', forceLink(links).distance(74).strength(0.5))
    .force('charge', forceManyBody().strength(-130).distanceMax(260))
    .force('x', forceX(columnOf).strength(centre ? 0.02 : 0.05))
    .force('y', forceY(height / 2).strength((0.07 * width) / height))
    .force('room', forceCollide(({ label }: Body) => Math.max(16, Math.min(textWidth(label) / 2.6, 34))).iterations(2))
    .stop()
    .tick(STEPS);
  return fitted(bodies, width);
}

/** Scales a layout to the width; its height follows. Labels keep their size, so they have more room. */
function fitted(bodies: readonly Body[], width: number) {
  const margin = Math.min(70, width / 6) + PADDING;
  const extent = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;
  const [left, right] = extent(bodies.map(({ x = 0 }) => x));
  const [top, bottom] = extent(bodies.map(({ y = 0 }) => y));
  const scale = Math.min((width - 2 * margin) / Math.max(right - left, 1), MAX_SCALE);
  const inset = (width - (right - left) * scale) / 2;
  return {
    height: Math.round((bottom - top) * scale + 2 * LABEL_HEIGHT + MARK_HEIGHT),
    points: new Map(
      bodies.map(({ node, x = 0, y = 0 }) => [
        node.id,
        { node, x: inset + (x - left) * scale, y: LABEL_HEIGHT + (y - top) * scale },
      ]),
    ),
  };
}

import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Carried } from './line';
import { flipOne, type LineFault } from './line-faults';
import type { Bytes, Heard } from './post-bytes';

/** How often what is doubled arrives, and how many of them at once. */
const TIMES = 100;
const AT_ONCE = 8;

/** How late what is delayed arrives, in milliseconds. */
const DELAY = 700;

/** One post on its way over a line. */
export interface OnItsWay {
  readonly post: Carried;
  readonly send: (bytes: Bytes) => Promise<Heard>;
  /** What is still to arrive, after a later post. */
  readonly late: Carried[];
  readonly response: ServerResponse;
  readonly random: () => number;
}

/** Brings a post to its receiver, or not. Returns what whoever posted hears; an ended or cut `response` when he hears nothing. */
export async function carryBadly(fault: LineFault | undefined, way: OnItsWay): Promise<Heard | undefined> {
  const { post, send, late, response, random } = way;
  switch (fault) {
    case undefined:
      return carryWell(way);
    case 'doubled':
      return carryOften(way);
    case 'straggling':
      late.push(post);
      return hangUp(response);
    case 'delayed':
      await pause(DELAY);
      return send(post);
    case 'slow':
      return send({ ...post, parts: 10 });
    case 'dropped':
      return hangUp(response);
    case 'truncated':
      return send({ ...post, body: post.body.subarray(0, Math.floor(random() * post.body.length)) });
    case 'flipped':
      return send({ ...post, body: flipOne(post.body, random) });
    case 'unanswered':
      await send(post);
      return hangUp(response);
    case 'garbled':
      return garble(await send(post), random);
    case 'cut short':
      return breakOff(await send(post), response);
    case 'hung':
      return undefined;
    default:
      return fault satisfies never;
  }
}

/** What is late arrives behind it; nobody hears what is answered to that. */
async function carryWell({ post, send, late }: OnItsWay): Promise<Heard> {
  const heard = await send(post);
  for (const straggler of late.splice(0)) await send(straggler).catch(() => undefined);
  return heard;
}

async function carryOften({ post, send }: OnItsWay): Promise<Heard> {
  const heard = await send(post);
  for (let time = 1; time < TIMES; time += AT_ONCE) await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, TIMES - time) }, () => send(post)));
  return heard;
}

const garble = (heard: Heard, random: () => number): Heard => (heard.body.length === 0 ? heard : { ...heard, body: flipOne(heard.body, random) });

function hangUp(response: ServerResponse): undefined {
  response.destroy();
  return undefined;
}

function breakOff({ status, headers, body }: Heard, response: ServerResponse): undefined {
  response.writeHead(status, { ...headers, 'content-length': body.length }).write(body.subarray(0, Math.floor(body.length / 2)));
  setTimeout(() => response.destroy(), 50);
  return undefined;
}

import { performance } from 'node:perf_hooks';
import { requestError } from './error-codes';
import type { Lane } from './urgent-operations';

/** Bounds of a line. */
export interface LineLimits {
  /** Requests worked on at the same time. */
  readonly atOnce: number;
  /** Further places at work that ordinary requests never take. */
  readonly reserved: number;
  /** Places in the line while little is known of how fast it moves. */
  readonly shortest: number;
  /** Most places in the line; between the two it has as many as were served within the last second, so that nobody waits much longer. */
  readonly longest: number;
  /** A request that is worked on for longer waits for somebody else, as an agency that hangs, and no longer takes a place; in milliseconds. */
  readonly workMilliseconds: number;
}

/** Whoever comes to be served. */
export interface Arrival {
  readonly lane: Lane;
  /** The proven caller's id: one caller's requests make room for the others'. */
  readonly caller: string;
  /** Whether nobody waits for the answer any more. */
  readonly isGone?: () => boolean;
}

/** Tells the line that a request is done; to be called once. */
export type Leave = () => void;

/** How full a line is. */
export interface LineFill {
  readonly atWork: number;
  readonly waiting: Readonly<Record<Lane, number>>;
  /** Turned away since the start, by lane and HTTP status. */
  readonly shed: Readonly<Record<Lane, Readonly<Record<429 | 503, number>>>>;
}

interface Ticket extends Arrival {
  begin(leave: Leave): void;
  turnAway(error: Error): void;
}

/** How often a line that stands still is looked at, in milliseconds. */
const LOOK = 100;

/** One who waits too long for others is told so, and how long it is worth to wait. */
const tooBusy = (): Error => requestError('UNAVAILABLE', 'Too many requests at once; come back in a second.');
const tooGreedy = (): Error => requestError('TOO_MANY_REQUESTS', 'You ask for too much at once; come back in a second.');

/**
 * Lets in as many requests as can be worked on, keeps a short line for the others and turns away at once whoever would wait for long.
 * Urgent requests have places of their own and go first; within a lane the callers take turns, and in a full line the one with the most makes room.
 */
export class WaitingLine {
  /** When each began, the eldest first. */
  private readonly atWork = new Map<Leave, number>();
  private readonly lanes: Readonly<Record<Lane, LaneOfCallers>> = { urgent: new LaneOfCallers(), ordinary: new LaneOfCallers() };
  private readonly shed = { urgent: { 429: 0, 503: 0 }, ordinary: { 429: 0, 503: 0 } };
  private readonly pace = new Pace();
  private looking: NodeJS.Timeout | undefined;

  constructor(private readonly limits: LineLimits) {}

  /** Waits for its turn. Throws UNAVAILABLE or TOO_MANY_REQUESTS, at once unless a caller who has less comes after. */
  async enter(arrival: Arrival): Promise<Leave> {
    const lane = this.lanes[arrival.lane];
    if (lane.size === 0 && this.hasPlace(arrival.lane)) return this.begin();
    if (lane.size >= this.places()) this.makeRoom(lane, arrival);
    const { promise, resolve, reject } = Promise.withResolvers<Leave>();
    lane.add({ ...arrival, begin: resolve, turnAway: reject });
    this.looking ??= setInterval(() => this.next(), LOOK).unref();
    return promise;
  }

  /** How full it is now. */
  fill(): LineFill {
    return { atWork: this.atWork.size, waiting: { urgent: this.lanes.urgent.size, ordinary: this.lanes.ordinary.size }, shed: this.shed };
  }

  private places(): number {
    return Math.min(this.limits.longest, Math.max(this.limits.shortest, this.pace.lastSecond(performance.now())));
  }

  private hasPlace(lane: Lane): boolean {
    const { atOnce, reserved, workMilliseconds } = this.limits;
    const places = lane === 'urgent' ? atOnce + reserved : atOnce;
    if (this.atWork.size < places) return true;
    for (const [leave, began] of this.atWork) {
      if (performance.now() - began < workMilliseconds) return false;
      this.atWork.delete(leave);
      if (this.atWork.size < places) return true;
    }
    return false;
  }

  private begin(): Leave {
    const leave = (): void => {
      this.atWork.delete(leave);
      this.pace.count(performance.now());
      this.next();
    };
    this.atWork.set(leave, performance.now());
    return leave;
  }

  /** Takes in from the line whoever has a place now. */
  private next(): void {
    for (const lane of ['urgent', 'ordinary'] as const) {
      while (this.lanes[lane].size > 0 && this.hasPlace(lane)) {
        const ticket = this.lanes[lane].take();
        if (ticket?.isGone?.()) ticket.turnAway(tooBusy());
        else ticket?.begin(this.begin());
      }
    }
    if (this.lanes.urgent.size + this.lanes.ordinary.size > 0) return;
    clearInterval(this.looking);
    this.looking = undefined;
  }

  /** A full line: the newest request of the caller with the most goes, unless that is who comes now. */
  private makeRoom(lane: LaneOfCallers, { lane: name, caller }: Arrival): void {
    const own = lane.countOf(caller);
    const most = lane.mostOfOthers(caller);
    if (own + 1 < most) {
      this.shed[name][429] += 1;
      lane.takeNewestOfMost(caller)?.turnAway(tooGreedy());
      return;
    }
    const isGreedy = own > most;
    this.shed[name][isGreedy ? 429 : 503] += 1;
    throw isGreedy ? tooGreedy() : tooBusy();
  }
}

/** Those who wait, by caller; callers take turns. */
class LaneOfCallers {
  size = 0;
  private readonly byCaller = new Map<string, Ticket[]>();

  add(ticket: Ticket): void {
    const own = this.byCaller.get(ticket.caller);
    if (own) own.push(ticket);
    else this.byCaller.set(ticket.caller, [ticket]);
    this.size += 1;
  }

  /** The oldest of the caller whose turn it is; his turn comes again after the others'. */
  take(): Ticket | undefined {
    const [first] = this.byCaller;
    if (!first) return undefined;
    const [caller, tickets] = first;
    const ticket = tickets.shift();
    this.byCaller.delete(caller);
    if (tickets.length > 0) this.byCaller.set(caller, tickets);
    this.size -= 1;
    return ticket;
  }

  countOf(caller: string): number {
    return this.byCaller.get(caller)?.length ?? 0;
  }

  mostOfOthers(caller: string): number {
    return this.largest(caller)?.length ?? 0;
  }

  takeNewestOfMost(except: string): Ticket | undefined {
    const ticket = this.largest(except)?.pop();
    if (ticket) this.size -= 1;
    return ticket;
  }

  private largest(except: string): Ticket[] | undefined {
    let largest: Ticket[] | undefined;
    for (const [caller, tickets] of this.byCaller) if (caller !== except && tickets.length > (largest?.length ?? 0)) largest = tickets;
    return largest;
  }
}

/** How many were served in the last whole second. */
class Pace {
  private since = 0;
  private current = 0;
  private before = 0;

  count(now: number): void {
    this.turn(now);
    this.current += 1;
  }

  lastSecond(now: number): number {
    this.turn(now);
    return Math.max(this.before, this.current);
  }

  private turn(now: number): void {
    if (now - this.since < 1_000) return;
    this.before = now - this.since < 2_000 ? this.current : 0;
    this.current = 0;
    this.since = now;
  }
}

/**
 * One direction of one connection: from the socket that is read, through the stages, to the socket that is written.
 *
 * Without a toxic, bytes go from socket to socket with nothing in between; a toxic that is added takes hold of the next
 * byte that is read. Order is kept through every change: a stage leaves only after all that it held has gone on.
 * The end passes through the stages behind the bytes before it, and closes the receiver.
 */
import type { Socket } from 'node:net';
import type { Random } from '../../../core/random.ts';
import type { Toxic } from '../proxy/toxic.ts';
import { nowMs } from '../toxics/toxic.ts';
import type { Outlet } from './outlet.ts';
import { createSink } from './sink.ts';
import type { Stage } from './stage.ts';
import { createStage } from './stage.ts';

export interface Flow {
  /** Puts the toxic behind all others. */
  add(toxic: Toxic): void;
  /** Lets the toxic's new settings take hold. */
  update(toxic: Toxic): Promise<void>;
  remove(toxic: Toxic): Promise<void>;
}

export interface FlowParts {
  readonly source: Socket;
  readonly receiver: Socket;
  readonly toxics: readonly Toxic[];
  readonly random: Random;
  /** Closes the receiver; called once, when the stream has ended. */
  readonly closeReceiver: () => void;
}

/** Starts to read the source, which must be paused. */
export function createFlow({ source, receiver, toxics, random, closeReceiver }: FlowParts): Flow {
  const sink = createSink(receiver, closeReceiver);
  let stages: Stage[] = [];
  /** Whether what the source sends still goes into the flow. */
  let taking = true;

  function onData(data: Buffer): void {
    if (!taking) return;
    const queue = stages[0]?.queue;
    const room = queue?.write({ data, atMs: nowMs() }) ?? sink.writeData(data);
    if (!room) pauseUntilRoom(queue ?? sink);
  }

  function pauseUntilRoom(outlet: Outlet): void {
    source.pause();
    outlet.onceRoom(() => taking && source.resume());
  }

  function onSourceEnd(): void {
    if (!taking) return;
    taking = false;
    (stages[0]?.queue ?? sink).end();
  }

  function onReceiverClosed(): void {
    taking = false;
    for (const stage of stages.splice(0)) stage.abandon();
  }

  const after = (stage: Stage): Outlet => stages[stages.indexOf(stage) + 1]?.queue ?? sink;

  /** The toxic ends the stream: what has not come as far as behind it never arrives. */
  function cutBehind(stage: Stage): void {
    const outlet = after(stage);
    taking = false;
    source.pause();
    for (const cut of stages.splice(0, stages.indexOf(stage) + 1)) cut.abandon();
    outlet.end();
  }

  function append(toxic: Toxic): Stage {
    const stage = createStage(toxic, {
      random: random.fork(toxic.name),
      next: () => after(stage),
      onClosed: () => cutBehind(stage),
    });
    stages.push(stage);
    return stage;
  }

  /** The toxic's stage, its hands empty; none when the stream has already ended there. */
  async function interrupted(toxic: Toxic): Promise<Stage | undefined> {
    const stage = stages.find((each) => each.toxic === toxic);
    await stage?.interrupt();
    return stages.find((each) => each === stage);
  }

  function takeOut(stage: Stage): void {
    const outlet = after(stage);
    for (const chunk of stage.queue.drain()) outlet.write(chunk);
    stages = stages.filter((each) => each !== stage);
    if (stage.queue.ended) outlet.end();
  }

  source.on('data', onData);
  source.on('end', onSourceEnd);
  source.on('close', onSourceEnd);
  receiver.on('close', onReceiverClosed);
  for (const toxic of toxics) append(toxic);
  for (const stage of stages) stage.run();
  source.resume();

  return {
    add(toxic) {
      if (!taking && stages.length === 0) return;
      append(toxic).run();
      // It may have been paused for a receiver that does not read, which is the new toxic's business now.
      if (taking) source.resume();
    },
    async update(toxic) {
      const stage = await interrupted(toxic);
      stage?.run();
    },
    async remove(toxic) {
      const stage = await interrupted(toxic);
      if (stage === undefined) return;
      if (toxic.kind.closesWhenRemoved) cutBehind(stage);
      else takeOut(stage);
    },
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nodeId } from '../../core/ids.ts';
import { lastWords } from '../last-words.ts';
import { groupState } from './group.ts';
import { startNode } from './node-process.ts';
import { abandonedRuns, cleanRun, removeRecord, writeRecord } from './run-record.ts';
import { superviseRun } from './supervisor.ts';
import type { Supervisor } from './supervisor.ts';

const program = (name: string) =>
  fileURLToPath(new URL(`../../../test/fixtures/programs/${name}.ts`, import.meta.url));

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (name: string, supervisor: Supervisor) =>
  startNode(
    {
      node: nodeId(1),
      file: process.execPath,
      arguments: [program(name)],
      environment: {},
      address: { host: '127.0.0.1', port: 1 },
      dataFolder: join(folder, 'data'),
      folder,
    },
    supervisor,
  );

/** Whether any process of the group is left, the leader's children included. */
const groupLives = (pid: number): boolean => {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
};
const untilGone = (pid: number) =>
  vi.waitUntil(() => !groupLives(pid), { timeout: 10_000, interval: 20 });

describe('a node process', () => {
  test('is killed with its children', async () => {
    await using supervisor = superviseRun(folder);
    const node = start('idle-node', supervisor);
    await node.kill();
    expect(await node.ended).toBe('SIGKILL');
    expect(await node.state()).toBe('dead');
    await untilGone(node.pid);
  });

  test('can be stopped and continued, which its state shows', async () => {
    await using supervisor = superviseRun(folder);
    const node = start('idle-node', supervisor);
    await node.pause();
    expect(groupState(node.pid)).toBe('stopped');
    expect(await node.state()).toBe('paused');
    await node.resume();
    expect(groupState(node.pid)).toBe('running');
    expect(await node.state()).toBe('running');
  });

  test('that dies by itself says how, and its last words are kept', async () => {
    await using supervisor = superviseRun(folder);
    expect(await start('failing-node', supervisor).ended).toBe('exit code 3');
    expect(lastWords(folder)).toBe('no disk today');
  });
});

describe('a supervisor', () => {
  test('leaves nothing running when it is disposed of, stopped nodes neither', async () => {
    const pids: number[] = [];
    {
      await using supervisor = superviseRun(folder);
      const nodes = [start('idle-node', supervisor), start('idle-node', supervisor)];
      await nodes[0]!.pause();
      pids.push(...nodes.map(({ pid }) => pid));
      expect(pids.every(groupLives)).toBe(true);
    }
    for (const pid of pids) await untilGone(pid);
  });

  test('leaves nothing running after kill -9 of the controller, stopped nodes neither', async () => {
    const controller = execa(process.execPath, [program('lonely-controller'), folder], {
      reject: false,
      buffer: false,
    });
    const pids = await firstLine(controller.stdout);
    expect(pids).toHaveLength(2);
    expect(pids.map(groupState)).toEqual(['stopped', 'running']);
    controller.kill('SIGKILL');
    await controller;
    for (const pid of pids) await untilGone(pid);
    await vi.waitUntil(() => !abandonedRuns().some((run) => run.folder === folder), {
      timeout: 10_000,
    });
  });
});

describe('a run record', () => {
  test('of a controller that is gone lets its groups be killed', async () => {
    const group = execa('sleep', ['600'], { detached: true, reject: false, cleanup: false });
    const { startOf } = await import('./group.ts');
    const record = {
      runId: 'test-abandoned',
      controllerPid: process.pid,
      controllerStart: 'long ago',
      groups: [{ pid: group.pid!, start: startOf(group.pid!)!, what: 'n1' }],
      folder,
    };
    writeRecord(record);
    expect(abandonedRuns()).toContainEqual(record);
    expect(cleanRun(record)).toEqual(record.groups);
    expect((await group).signal).toBe('SIGKILL');
    expect(abandonedRuns()).not.toContainEqual(record);
  });

  test('never has a later process with the same pid killed', async () => {
    const innocent = execa('sleep', ['600'], { detached: true, reject: false, cleanup: false });
    const groups = [{ pid: innocent.pid!, start: 'another time', what: 'n1' }];
    const record = {
      runId: 'test-innocent',
      controllerPid: process.pid,
      controllerStart: 'long ago',
      groups,
      folder,
    };
    writeRecord(record);
    expect(cleanRun(record)).toEqual([]);
    expect(groupState(innocent.pid!)).toBe('running');
    innocent.kill('SIGKILL');
    await innocent;
    removeRecord('test-innocent');
  });
});

function firstLine(output: NodeJS.ReadableStream): Promise<number[]> {
  return new Promise((resolve) => {
    let text = '';
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(JSON.parse(text.split('\n')[0]!) as number[]);
    });
  });
}

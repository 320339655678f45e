/** Pieces of what is not a file on a disk. */
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { piecesOfFile } from './pieces.ts';

test('a pipe that does not wait is waited for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dsp-pieces-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // Open for both, so that it has a writer from the beginning, who says nothing yet.
  const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    spawn('sh', ['-c', `sleep 0.1; printf said > "${pipe}"`], { stdio: 'ignore' });
    expect(piecesOfFile(descriptor).next().value?.toString()).toBe('said');
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
});

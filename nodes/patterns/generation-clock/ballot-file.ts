/**
 * Where a node keeps its generation, and whom it voted for in it: one small file, replaced at once, with a checksum.
 *
 * A node that lost it could vote twice in one generation. So a file that cannot be read is no file to go on without:
 * reading it throws `BallotDamaged`.
 */
import { crc32 } from 'node:zlib';
import type { NodeId } from '../../../src/core/ids.ts';
import { replaceFile, type Files } from '../../sdk/files.ts';
import { noGeneration, type Generation } from './generation.ts';

export interface Ballot {
  readonly generation: Generation;
  /** Whom this node voted for in that generation. */
  readonly votedFor: NodeId | undefined;
}

export const emptyBallot: Ballot = { generation: noGeneration, votedFor: undefined };

/** The generation's file cannot be trusted: the node must not start. */
export class BallotDamaged extends Error {
  override readonly name = 'BallotDamaged';
}

const fileName = 'generation';

/** A node that never voted has the empty ballot; a damaged file throws. */
export async function readBallot(files: Files): Promise<Ballot> {
  const bytes = await files.read(fileName);
  if (bytes === undefined) return emptyBallot;
  const [checksum, json] = Buffer.from(bytes).toString('utf8').split('\n');
  if (json === undefined || checksum !== String(crc32(json)))
    throw new BallotDamaged('the file of the generation is damaged: its checksum is wrong');
  return {
    votedFor: undefined,
    ...(JSON.parse(json) as Partial<Ballot> & Pick<Ballot, 'generation'>),
  };
}

/** Resolves when the ballot is durable. */
export function writeBallot(files: Files, ballot: Ballot): Promise<void> {
  const json = JSON.stringify(ballot);
  return replaceFile(files, fileName, Buffer.from(`${crc32(json)}\n${json}`));
}

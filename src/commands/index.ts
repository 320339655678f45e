/** Every command by its name, as oclif's explicit strategy wants them. */
import { Campaign } from './campaign.ts';
import { Check } from './check.ts';
import { Clean } from './clean.ts';
import { Doctor } from './doctor.ts';
import { Init } from './init.ts';
import { List } from './list.ts';
import { Open } from './open.ts';
import { Replay } from './replay.ts';
import { Report } from './report.ts';
import { Selftest } from './selftest.ts';
import { Show } from './show.ts';
import { Shrink } from './shrink.ts';
import { Test } from './test.ts';
import { Toxiproxy } from './toxiproxy.ts';

export const commands = {
  test: Test,
  campaign: Campaign,
  selftest: Selftest,
  check: Check,
  replay: Replay,
  shrink: Shrink,
  show: Show,
  open: Open,
  report: Report,
  list: List,
  init: Init,
  doctor: Doctor,
  clean: Clean,
  toxiproxy: Toxiproxy,
};

/** Wrong on purpose: waiting lists that do not wait. */
import type { PlantedBugs } from '../planted-bugs.ts';
import { requestWaitingList, type MakeWaitingList } from './request-waiting-list.ts';

export const requestWaitingListBugs = {
  'reply-before-quorum': {
    mistake: 'answers as soon as a request is put on the list, before any quorum holds it',
    // A slow disk is enough: what was answered is not committed yet when the next one reads.
    shows: {
      under: ['kill', 'partition', 'pause', 'power-loss', 'slow-disk', 'succession'],
      as: ['not-linearizable'],
    },
    part: (env, options) => {
      const list = requestWaitingList<unknown, typeof options.done>(env, options);
      return {
        add(id, request) {
          request.answer(options.done);
          return list.add(id, { answer: () => {}, expire: () => {} });
        },
        meet: (id, reply) => list.meet(id, reply),
        drop: (id) => list.drop(id),
        get size() {
          return list.size;
        },
      };
    },
  },
} satisfies PlantedBugs<MakeWaitingList>;

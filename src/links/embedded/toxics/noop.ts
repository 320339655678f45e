/** noop: passes everything on as it comes. What a connection gets that a toxic's toxicity spares. */
import { toxicKind } from './toxic.ts';

export const noop = toxicKind({
  goType: 'toxics.NoopToxic',
  fields: {},
  pipe: () => async (stub) => {
    for (;;) {
      const chunk = await stub.read();
      if (typeof chunk === 'string') return;
      await stub.write(chunk);
    }
  },
});

/** A plan as text: indented JSON, but for its schedule, in which each operation is a line, so that it can be read as what it is. */
import type { Plan } from '../core/plan.ts';

/** Without a line's end. */
export function planText({ schedule, ...rest }: Plan): string {
  const text = JSON.stringify(rest, null, 2);
  if (schedule === undefined) return text;
  const { operations, ...others } = schedule;
  const fields = Object.entries(others).map(
    ([name, value]) => `"${name}": ${JSON.stringify(value)}`,
  );
  const lines = operations.map((operation) => `      ${JSON.stringify(operation)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n    ]`;
  const members = [...fields, `"operations": ${list}`].map((member) => `    ${member}`);
  return `${text.slice(0, -'\n}'.length)},\n  "schedule": {\n${members.join(',\n')}\n  }\n}`;
}

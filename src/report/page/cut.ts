/** Words that are cut where a drawing has no room for them. */
import { shortened } from '../../core/visible-text.ts';

/** Of the small words of a drawing, in pixels. */
export const letterWidth = 6.1;
/** Shorter beginnings of words say nothing. */
export const lettersMin = 5;

/** As much of the text as there is room for, if that says anything. */
export function cut(text: string, room: number): string {
  const letters = Math.floor(room / letterWidth);
  if (text.length <= letters) return text;
  return letters > lettersMin ? shortened(text, letters) : '';
}

/** How much a diagram draws. What is beyond is counted, and the diagram says so. */

/** Only the gravest findings have a diagram, so that a report stays at a few megabytes. */
export const diagramsMax = 10;
/** As many as a person may follow; in a stretch that cannot be shorter, twice as many at most. */
export const messagesMax = 600;
/** Beside them, of those that are sent whether or not anything happens. */
export const routineMax = 400;
export const eventsMax = 300;
/** The clients' line included. */
export const lifelinesMax = 24;

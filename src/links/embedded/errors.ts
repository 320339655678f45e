/** What the HTTP API refuses, with the real server's words and statuses. */

export class ApiError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** `why` is what Go's decoder says. */
export const badRequestBody = (why: string): ApiError =>
  new ApiError(`bad request body: ${why}`, 400);
/** `field` is its name, and which proxy's it is, where there are several. */
export const missingField = (field: string): ApiError =>
  new ApiError(`missing required field: ${field}`, 400);
/** Neither upstream nor downstream. */
export const invalidStream = (): ApiError =>
  new ApiError('stream was invalid, can be either upstream or downstream', 400);
export const invalidToxicType = (): ApiError => new ApiError('invalid toxic type', 400);
export const proxyNotFound = (): ApiError => new ApiError('proxy not found', 404);
export const toxicNotFound = (): ApiError => new ApiError('toxic not found', 404);
export const proxyAlreadyExists = (): ApiError => new ApiError('proxy already exists', 409);
export const toxicAlreadyExists = (): ApiError => new ApiError('toxic already exists', 409);
/** What the network refused: no port, a port that is taken. */
export const networkError = (text: string): ApiError => new ApiError(text, 500);

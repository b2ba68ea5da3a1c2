import express, { type NextFunction, type Request, type Response } from 'express'
import { ApiError } from '../contract/errors.ts'

/** 64 KB: fifty items with thirty choices each need 40. */
const parseJson = express.json({ limit: '64kb' })

/** Reads a JSON body. @throws ApiError UNSUPPORTED_MEDIA_TYPE, TOO_LARGE, BAD_JSON, BAD_REQUEST when it ends early */
export const jsonBody = (req: Request, res: Response, next: NextFunction): void => {
  const hasBody = req.get('transfer-encoding') !== undefined || Number(req.get('content-length') ?? 0) > 0
  if (hasBody && !req.is('application/json')) throw new ApiError('UNSUPPORTED_MEDIA_TYPE')
  parseJson(req, res, (error: unknown) => (error ? next(bodyError(error)) : next()))
}

const bodyError = (cause: unknown): ApiError => {
  switch ((cause as { readonly type?: unknown }).type) {
    case 'entity.parse.failed':
      return new ApiError('BAD_JSON', { cause })
    case 'entity.too.large':
      return new ApiError('TOO_LARGE', { cause })
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new ApiError('UNSUPPORTED_MEDIA_TYPE', { cause })
    default:
      return new ApiError('BAD_REQUEST', { cause })
  }
}

import express, { type NextFunction, type Request, type Response } from 'express'
import { ApiError } from '../contract/errors.ts'

/** 64 KB: fifty items with thirty choices each need 40. */
const parseJson = express.json({ limit: '64kb' })
/** A menu of 200 dishes with all their choices; half of what the log takes in one message. */
const parseMenu = express.json({ limit: '512kb' })
const HOLD_MENUS = ['PUT /api/stores/me/menu', 'POST /api/ops/stores']

/** Reads a JSON body. @throws ApiError UNSUPPORTED_MEDIA_TYPE, TOO_LARGE, BAD_JSON, BAD_REQUEST when it ends early */
export const jsonBody = (req: Request, res: Response, next: NextFunction): void => {
  const hasBody = req.get('transfer-encoding') !== undefined || Number(req.get('content-length') ?? 0) > 0
  if (hasBody && !req.is('application/json')) throw new ApiError('UNSUPPORTED_MEDIA_TYPE')
  const parse = HOLD_MENUS.includes(`${req.method} ${req.path}`) ? parseMenu : parseJson
  parse(req, res, (error: unknown) => (error ? next(bodyError(error)) : next()))
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

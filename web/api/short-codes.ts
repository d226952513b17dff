import { redeemShortCode as endpoint } from '../../contract/short-codes.ts'
import { callAction } from './endpoint.ts'

export { bareShortCode, readShortCode } from '../../contract/short-codes.ts'

/**
 * Exchanges a code for the link of its check, once.
 * @throws ApiError 404 for codes that don't work, 429 after too many of them.
 * @throws OfflineError
 */
export async function redeemShortCode(code: string): Promise<string> {
  return (await callAction(endpoint, 'redeem', { body: { code } })).link
}

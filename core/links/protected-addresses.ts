import { nameOfPiece } from './address.ts'

/** Sign-in and payment hosts: a whole label of the host, a number behind it or not. Too many are better than too few. */
const PLACE_HOST =
  /(?:^|\.)(?:iaaa|log-?in|sign-?in|passport|accounts?|sso|cas|idp|auth|oauth2?|openid|pay|payments?|cashier|checkout)\d*\./

/** Sign-in and payment pages: a whole part of the path, with or without an extension. */
const PLACE_PATH =
  /\/(?:log-?in|sign-?in|logon|sso|saml2?|cas|oauth2?|openid|authorize|pay|payments?|cashier|checkout)(?:\.[a-z]{2,5})?(?:\/|$)/i

/** Parameters that seal the whole query, or belong to a sign-in in progress: with one taken away the rest is refused. */
const SEALS = new Set(
  'sign sig signature hmac auth_key x-amz-signature x-goog-signature x-oss-signature q-signature samlrequest samlresponse redirect_uri client_id oauth_token id_token access_token'.split(
    ' ',
  ),
)

export const isProtectedHost = (host: string) => PLACE_HOST.test(host)
export const isProtectedPath = (path: string) => PLACE_PATH.test(path)

/** Signed addresses keep every parameter. */
export function isSealed(pieces: readonly string[]): boolean {
  return pieces.some((piece) => SEALS.has(nameOfPiece(piece).toLowerCase()))
}

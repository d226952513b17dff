/** In code points. */
const maxLength = 100

/**
 * Accepts one short line of Latin letters, digits, punctuation and currency signs. Lookalike letters, emoji and bidirectional
 * control characters are rejected, because people compare the message on two devices. Source: OpenID Connect CIBA Core 1.0, section 7.1, `binding_message`.
 */
export function isBindingMessage(text: string): boolean {
  return (
    [...text].length <= maxLength &&
    text === text.trim() &&
    /^[\x20-\x7e\p{Script=Latin}\p{Sc}‘’“”–—…·¿¡«»°§]+$/u.test(text)
  )
}

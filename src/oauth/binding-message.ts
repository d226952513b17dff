/** Longest message, in characters. */
const longest = 100

/**
 * Whether people can read a message as it was meant: a short line in letters of the Latin alphabet, digits, punctuation and
 * signs of currencies. Letters that look like others, pictures, and characters that change how a line runs are not for
 * telling two requests apart. Source: OpenID Connect CIBA Core 1.0, section 7.1, `binding_message`.
 */
export function isBindingMessage(text: string): boolean {
  return (
    [...text].length <= longest &&
    text === text.trim() &&
    /^[\x20-\x7e\p{Script=Latin}\p{Sc}‘’“”–—…·¿¡«»°§]+$/u.test(text)
  )
}

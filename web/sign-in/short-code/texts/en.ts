/** `{name}` is a placeholder. */
export const en = {
  title: 'Enter the code from the help desk',
  lede: 'The person on the phone reads eight letters to you. Spaces and small letters are fine.',
  filledIn: 'The code from your message is filled in. Press Continue.',
  label: 'Code',
  checking: 'Checking the code',
  opening: 'Opening the next page',
  caution: 'Did somebody call you and ask for this? Then don’t enter a code, and hang up.',
  empty: 'Enter the code that is read to you.',
  length: 'The code has eight letters. Enter all of them.',
  character: 'Codes never contain “{character}”. Ask for that letter again.',
  script: 'Codes have Latin letters only. Switch your keyboard to A–Z.',
  unknown:
    'This code doesn’t work. Compare each letter. If it is right, it was used or is too old: ask for a new one.',
  blocked: 'Too many wrong codes. Try again in {minutes} min, or ask for the link another way.',
  paused: 'Codes are paused for {minutes} min. Ask for the link another way, such as by email.',
  offline: 'You are offline. What you entered is still here.',
  failed: 'That didn’t work. Try again in a moment.',
}

export type ShortCodeTexts = typeof en

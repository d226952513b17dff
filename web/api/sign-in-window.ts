/** Name of the pop-up window for signing in again, and of the channel that reports it. */
const signInWindow = 'sidegate-sign-in'

/** Opens the sign-in page in a pop-up window. */
export function openSignIn(url: string): Window | null {
  return open(url, signInWindow, 'popup,width=520,height=720')
}

/** After a sign-in in the pop-up: notifies the other windows and closes. @returns false in other windows. */
export function closeSignInWindow(): boolean {
  if (window.name !== signInWindow) return false
  const channel = new BroadcastChannel(signInWindow)
  channel.postMessage('signed in')
  channel.close()
  window.close()
  return true
}

/** @returns a function that removes the listener. */
export function onSignedIn(listener: () => void): () => void {
  const channel = new BroadcastChannel(signInWindow)
  channel.addEventListener('message', listener)
  return () => channel.close()
}

/** The name of the window in which somebody signs in beside the console. */
const signInWindow = 'sidegate-sign-in'

/** Opens the sign-in page in a window beside this one. */
export function openSignIn(address: string): Window | null {
  return open(address, signInWindow, 'popup,width=520,height=720')
}

/** The sign-in page came back to the console in that window: whoever waits learns it, and the window is done. */
export function closeSignInWindow(): boolean {
  if (window.name !== signInWindow) return false
  const channel = new BroadcastChannel(signInWindow)
  channel.postMessage('signed in')
  channel.close()
  window.close()
  return true
}

/** @returns what ends listening. */
export function onSignedIn(listener: () => void): () => void {
  const channel = new BroadcastChannel(signInWindow)
  channel.addEventListener('message', listener)
  return () => channel.close()
}

import { useEffect, useRef, useState } from 'react'
import { readSignedInUser, signInUrl } from '../../api/own-session.ts'
import { onSignedIn, openSignIn } from '../../api/sign-in-window.ts'

/** Signs in again in a pop-up window, so that unsaved work on the page is kept. @param onBack called afterwards. */
export function useSignInAgain(onBack: () => void) {
  const page = useRef<Window | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [isStillSignedOut, setStillOut] = useState(false)
  const check = async () => {
    try {
      const who = await readSignedInUser('/')
      if (who === undefined) {
        setStillOut(true)
        return
      }
      page.current?.close()
      setOpen(false)
      onBack()
    } catch {
      setStillOut(true)
    }
  }
  useEffect(() => {
    if (!isOpen) return
    addEventListener('focus', check)
    const stopListening = onSignedIn(check)
    return () => {
      removeEventListener('focus', check)
      stopListening()
    }
  })
  return {
    isOpen,
    isStillSignedOut,
    check,
    open() {
      page.current = openSignIn(signInUrl('/', '/console/journeys'))
      setOpen(true)
    },
  }
}

import { useEffect, useRef, useState } from 'react'
import { signInPage, whoIsSignedIn } from '../../wire/session.ts'

/**
 * Signing in again without leaving the page: in a window beside it, so that nothing here is lost.
 * @param onBack somebody is signed in again.
 */
export function useSigningIn(onBack: () => void) {
  const page = useRef<Window | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [isStillOut, setStillOut] = useState(false)
  const check = async () => {
    try {
      const who = await whoIsSignedIn('/')
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
    return () => removeEventListener('focus', check)
  })
  return {
    isOpen,
    isStillOut,
    check,
    open() {
      page.current = open(
        signInPage('/', '/console/journeys'),
        'sidegate-sign-in',
        'popup,width=520,height=720',
      )
      setOpen(true)
    },
  }
}

/** The host at which a route is answered, if staff have one of their own. Without it, every route is answered everywhere. */
export type Side = 'staff' | 'callers' | 'both'

/** The server's own addresses: scheme and host. */
export type OwnAddresses = {
  /** Required for links unless clients use a loopback name. */
  baseUrl?: string | undefined
  /** The host of staff. Needs a base URL, which is then the callers' host. */
  staffUrl?: string | undefined
}

/** @param host the Host header. */
export function isStaffHost({ staffUrl }: OwnAddresses, host: string | undefined): boolean {
  return staffUrl !== undefined && host?.toLowerCase() === new URL(staffUrl).host
}

/** Whether the roles of a session count at this host: a hole in a page of callers must not act for staff. */
export function isForStaff(own: OwnAddresses, host: string | undefined): boolean {
  return own.staffUrl === undefined || isStaffHost(own, host)
}

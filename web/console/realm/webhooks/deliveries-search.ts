import * as z from 'zod/mini'
import { deliveryStates } from '../../../api/webhook-deliveries.ts'

/** Filter of a webhook's deliveries, kept in the URL. */
export const deliveriesSearch = z.object({
  state: z.catch(z.optional(z.enum(deliveryStates)), undefined),
})

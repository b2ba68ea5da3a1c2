/** The apps, by the folder and the path of each: `/store/`. The customer's has the whole rest of the origin. */
export const APPS = ['customer', 'store', 'rider', 'ops'] as const
export type App = (typeof APPS)[number]

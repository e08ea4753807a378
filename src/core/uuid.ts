/** A UUID in lower case: what references, receipts and quarantine items are called. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

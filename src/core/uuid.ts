/** A UUID in lower case: the form of references, receipts and ids of quarantine items. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

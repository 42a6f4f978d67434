/** The pages of AWS's documentation that support the catalogue's claims: each title with its guide. */
const GUIDES = {
  "Protect Data at Rest Using Encryption": "Amazon SageMaker AI Developer Guide",
  "Notebook instances, SageMaker AI jobs, and Endpoints": "Amazon SageMaker AI Developer Guide",
  "Studio notebooks": "Amazon SageMaker AI Developer Guide",
  "Customer managed AWS KMS key encryption for SageMaker HyperPod": "Amazon SageMaker AI Developer Guide",
  "Protect Communications Between ML Compute Instances in a Distributed Training Job":
    "Amazon SageMaker AI Developer Guide",
  "Encrypt Your SageMaker Canvas Data with AWS KMS": "Amazon SageMaker AI Developer Guide",
  "Use AWS KMS Permissions for Amazon SageMaker geospatial capabilities": "Amazon SageMaker AI Developer Guide",
  "Data encryption at rest for Amazon DataZone": "Amazon DataZone User Guide",
  "Actions, resources, and condition keys for Amazon SageMaker": "Service Authorization Reference",
} as const;

/** A page by its title, or the API Reference's page of an operation, as the catalogue writes it, or of a type. */
export type Page = keyof typeof GUIDES | `API Reference, ${string}`;

/** The operation or type that an API Reference page is about; `undefined` for a page of another guide. */
export const inReference = (page: string): string | undefined => /^API Reference, ([\w:-]+)$/.exec(page)?.[1];

/** Whether a page is one of the above, or one of the API Reference. */
export const isPage = (page: string): page is Page => Object.hasOwn(GUIDES, page) || inReference(page) !== undefined;

/** The page about the members of an operation's request, and about when they apply. */
export const operationPage = (operation: string): Page => `API Reference, ${operation}`;

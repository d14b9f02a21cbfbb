"""Files dropped in a bucket: what a queue's message asks for is done by the same run, in a worker or in AWS Lambda."""
